import { useRef } from 'react';

/** The newest answer of a group: while the next one loads, the one before stays on screen. */
export function useKept<T>(data: T | undefined, group: string): T | undefined {
  const kept = useRef<{ group: string; data: T | undefined }>({ group, data });
  if (data !== undefined || kept.current.group !== group) kept.current = { group, data };
  return kept.current.data;
}
