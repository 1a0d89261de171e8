/** What is said of stored decisions that a list leaves out. */
export const damagedText = (damaged: number): string =>
  damaged === 1
    ? '1 decision cannot be read and is left out.'
    : `${damaged} decisions cannot be read and are left out.`;
