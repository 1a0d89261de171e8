import type { Context } from '../context.ts';

interface Options {
  port: number;
  host: string;
}

/** Serves the page and the contract until Ctrl+C. */
export async function run({ out, dataDir }: Context, _args: readonly string[], options: Options): Promise<number> {
  const { serve } = await import('../../serve.ts');
  const served = await serve({ dataDir, port: options.port, host: options.host, warn: out.note });
  out.data({ type: 'listening', url: served.url });
  out.text(served.url);
  await served.interrupted();
  return 0;
}
