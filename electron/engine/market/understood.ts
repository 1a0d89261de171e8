import type { Notice } from '../../../shared/domain/index.ts';
import { type CsvForm, formWords, INTERVAL_WORDS } from './csv/index.ts';
import type { Inspection } from './inspect.ts';

/**
 * What was understood of a file, in one sentence: its form, its bars, what was assumed and which rows were dropped or repaired, for
 * example "semicolon-separated, day first dates, 2 5-minute bars, ...; Europe/Berlin, USD assumed; 3 bars dropped: ...".
 */
export function understood(form: CsvForm, inspection: Inspection, notices: readonly Notice[]): string {
  const { bars, closeOnly, adjustment } = inspection;
  const facts = [
    ...formWords(form),
    `${bars} ${INTERVAL_WORDS[form.options.interval]} ${bars === 1 ? 'bar' : 'bars'}`,
    closeOnly ? 'closes only' : 'open, high, low and close',
    adjustmentWords(form, adjustment),
    ...(form.spacing.backwards ? ['newest first'] : []),
  ];
  const struck = notices.filter(({ effect }) => effect !== 'info').map(({ sentence }) => sentence);
  return `${[facts.join(', '), placeWords(form), ...struck].join('; ')}.`;
}

function adjustmentWords({ dialect }: CsvForm, adjustment: Inspection['adjustment']): string {
  if (dialect.layout.adjustedClose) return 'adjusted closes (prices stay as delivered)';
  return adjustment === 'none' ? 'no adjusted close (prices stay as delivered)' : 'with adjusted close';
}

function placeWords({ options, told, marked }: CsvForm): string {
  const { timezone, currency } = options;
  const [zone, money] = [told.timezone !== undefined, told.currency !== undefined || marked !== null];
  if (zone === money) return `${timezone} and ${currency}${zone ? '' : ' assumed'}`;
  return zone ? `${timezone}, ${currency} assumed` : `${currency}, ${timezone} assumed`;
}
