import type { Command } from 'commander';
import { wholeNumber } from '../parse.ts';
import type { Action } from './options.ts';

/** `doctor`, `restore`, `server` and `bench`. */
export function addSystem(program: Command, action: Action): void {
  program
    .command('doctor')
    .description('versions, data folder, database, network file, page: each ok or what to do')
    .option('--online', 'ask the live sources, and the server of a language model, on the network too')
    .action(action(() => import('../commands/doctor.ts')));
  program
    .command('restore [backup]')
    .description(
      'bring a backup of the journal back: the newest, of an earlier journal that was lost or set aside first; what is there now is kept beside it',
    )
    .option('--list', 'the backups that there are')
    .option('--decline', 'stay with the journal as it is: backups of earlier ones are offered no longer')
    .action(action(() => import('../commands/restore.ts')));
  program
    .command('server')
    .description('serve the page and the contract (WebSocket, and JSON over HTTP)')
    .option('--port <port>', 'port; 0 takes any that is free', wholeNumber(0, 65_535), 8000)
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .action(action(() => import('../commands/server.ts')));
  program
    .command('bench [name]')
    .description('the benchmarks, a JSON line each')
    .action(action(() => import('../commands/bench.ts')));
}
