import { BrainnetError } from '../../../shared/errors.ts';
import { diskError } from '../platform/index.ts';

/** What went wrong in the memory, told and got over: a decision, an outcome or a reading is never lost for it. */
export interface MemoryFaults {
  tell(error: unknown): void;
  /** Runs a write. A full disk and a refused write are the caller's matter, anything else is told and passed over. @throws DISK_FULL, FILE_UNWRITABLE */
  guarded(what: string, work: () => void): void;
  /** One sentence about the last one; null where there was none. */
  problem(): string | null;
}

export function createFaults(log: (error: unknown) => void): MemoryFaults {
  let problem: string | null = null;
  const tell = (error: unknown) => {
    problem = `The memory is incomplete (${reasonOf(error)}); decisions and outcomes are stored all the same.`;
    log(error);
  };
  return {
    tell,
    guarded(what, work) {
      try {
        work();
      } catch (error) {
        const told = diskError(error, what);
        if (told instanceof BrainnetError && isDisk(told)) throw told;
        tell(error);
      }
    },
    problem: () => problem,
  };
}

export const silentFaults = (): MemoryFaults => createFaults(() => {});

const isDisk = ({ code }: BrainnetError) => code === 'DISK_FULL' || code === 'FILE_UNWRITABLE';

function reasonOf(error: unknown): string {
  if (error instanceof BrainnetError) return error.code;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : 'a fault of its own';
}
