import { RPCHandler } from '@orpc/server/message-port';
import type { HostedRouter } from './router-type.ts';
import { typedErrors } from './rpc-errors.ts';
import { countCalls } from './server/calls.ts';

/** A MessagePort of Electron's main process or of node:worker_threads. */
export interface ContractPort {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
  start?(): void;
}

/** Serves the contract to the page at the other end of a port. */
export function servePort(port: ContractPort, router: HostedRouter, unexpected: (error: unknown) => void): void {
  const clientInterceptors = [typedErrors(unexpected), countCalls(() => false)];
  new RPCHandler(router, { clientInterceptors }).upgrade(port);
  port.start?.();
}
