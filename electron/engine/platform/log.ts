import pino from 'pino';

export type Logger = pino.Logger;

/** JSON lines on stderr; level from BRAINNET_LOG (default warn). Secrets are never handed to it. */
export function createLog(env: NodeJS.ProcessEnv = process.env): Logger {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
  const level = levels.includes(env.BRAINNET_LOG ?? '') ? env.BRAINNET_LOG! : 'warn';
  return pino({ level }, pino.destination({ dest: 2, sync: true }));
}
