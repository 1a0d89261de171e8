import type { Interval } from '../../../../shared/domain/index.ts';
import { intradayMs } from '../sessions.ts';
import { gapWords } from './intervals.ts';
import { badCsv } from './problem.ts';
import type { CsvReading } from './reading.ts';

/** Refuses bars longer than their distance, which would swallow most rows. @throws BAD_CSV */
export function checkInterval({ form }: Pick<CsvReading, 'form'>): void {
  const { spacing, options } = form;
  if (spacing.gap === null || spacing.gap * 2 > lengthOf(options.interval)) return;
  throw badCsv(
    `its bars are ${gapWords(spacing.gap)} apart, which ${options.interval} bars are not; say another interval or none`,
  );
}

function lengthOf(interval: Interval): number {
  const days = { '1d': 1, '1wk': 7, '1mo': 30 } as Record<string, number>;
  return intradayMs(interval) ?? days[interval]! * 86_400_000;
}
