import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { ErrorBoundary } from '../components/index.ts';
import { cspNonce } from './nonce.ts';
import { Shell } from './Shell.tsx';
import { resolver, theme } from './theme.ts';

const nonce = cspNonce();

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      defaultColorScheme="dark"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" limit={2} containerWidth={296} autoClose={6000} zIndex={400} />
      <ErrorBoundary name="Brainnet">
        <Shell />
      </ErrorBoundary>
    </MantineProvider>
  );
}
