import type { Command } from 'commander';

/** Which command of the line lacks a subcommand, and which there are. */
export function missingCommand(program: Command, argv: readonly string[]): string {
  let command = program;
  for (const word of argv) command = command.commands.find((one) => one.name() === word) ?? command;
  return `${command.name()} needs a command: ${command.commands.map((one) => one.name()).join(', ')}`;
}
