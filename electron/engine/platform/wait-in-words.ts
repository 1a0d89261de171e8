/** A wait in words: "45 seconds", "10 minutes"; "a few minutes" where it is not known. @param ms at least 0 */
export function waitInWords(ms: number | null): string {
  if (ms === null) return 'a few minutes';
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours <= 48 ? `${hours} hours` : 'more than two days';
}
