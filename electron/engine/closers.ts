type Close = () => void | Promise<void>;

export interface Closers {
  /** To be called right after something was opened. */
  add(close: Close): void;
  /** Closes what was opened last first, each once and all of them. @throws the first error that one of them threw */
  closeAll(): Promise<void>;
}

/** What must be closed in the reverse of the order in which it was opened, however far the opening came. */
export function createClosers(): Closers {
  const opened: Close[] = [];
  return {
    add: (close) => void opened.push(close),
    async closeAll() {
      const errors: unknown[] = [];
      for (let close = opened.pop(); close; close = opened.pop()) {
        try {
          await close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
