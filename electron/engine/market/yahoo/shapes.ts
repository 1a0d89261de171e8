import { z } from 'zod';
import { notData } from '../remote/checks.ts';
import { SOURCE } from './source.ts';

/**
 * The shape of Yahoo's answers, checked before the library sees them: it reads "1,234" as the number 1, and where an object is missing it
 * writes to standard output, which belongs to the command line's results.
 */
const Cells = z.array(z.number().nullable());
const Period = z.looseObject({});
const Periods = z.array(z.array(Period));
const Events = z.record(z.string(), z.looseObject({})).optional();
const ChartShape = z.looseObject({
  meta: z.looseObject({
    currentTradingPeriod: z.looseObject({ pre: Period, regular: Period, post: Period }),
    tradingPeriods: z.union([Periods, z.record(z.string(), Periods)]).optional(),
  }),
  timestamp: z.array(z.number()).optional(),
  events: z.looseObject({ dividends: Events, splits: Events }).optional(),
  indicators: z.looseObject({
    quote: z.array(z.partialRecord(z.enum(['open', 'high', 'low', 'close', 'volume']), Cells)),
    adjclose: z.array(z.looseObject({ adjclose: Cells.optional() })).optional(),
  }),
});
const Failure = z.looseObject({ error: z.looseObject({ code: z.string(), description: z.string().optional() }) });
const Thumbnail = z.looseObject({ resolutions: z.array(z.looseObject({})) });
const AnswerShape = z.union([
  z.object({ chart: z.union([Failure, z.looseObject({ result: z.array(ChartShape) })]) }),
  z.object({ quoteResponse: z.union([Failure, z.looseObject({ result: z.array(z.looseObject({})) })]) }),
  z.object({ finance: Failure }),
  z.looseObject({
    quotes: z.array(z.looseObject({})),
    news: z.array(z.looseObject({ thumbnail: Thumbnail.optional() })).optional(),
  }),
]);

/** Lets an answer's text pass that has the shape of one. @throws SOURCE_ANSWER_BAD */
export function checkShape(text: string): void {
  const answer = parsed(text);
  if (AnswerShape.safeParse(answer).success) return;
  const chart = z.object({ chart: z.looseObject({ result: z.array(ChartShape) }) }).safeParse(answer);
  const columns = chart.error?.issues.some(
    ({ path }) => (path.includes('timestamp') || path.includes('indicators')) && typeof path.at(-1) === 'number',
  );
  throw notData(SOURCE, columns ? 'it has something else where numbers belong' : 'its form is not the known one');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notData(SOURCE, 'it is cut off or broken');
  }
}
