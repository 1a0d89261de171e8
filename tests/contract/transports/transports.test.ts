import { portClient, socketClient, testServer } from '../../support/transports.ts';
import { contractSuite } from './suite.ts';

contractSuite('a call in process', async ({ client }) => ({ client, close: async () => {} }));

contractSuite('WebSocket', async ({ router }) => {
  const server = await testServer(router);
  const { client } = await socketClient(server);
  return { client, close: server.close };
});

contractSuite('a MessagePort', async ({ router }) => {
  const { client, close } = portClient(router);
  return { client, close: async () => close() };
});
