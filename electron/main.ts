import { runDesktop } from './desktop/app.ts';

await runDesktop();
