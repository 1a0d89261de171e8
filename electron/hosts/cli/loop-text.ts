import { certaintyText } from '../../../shared/domain/certainty.ts';
import type { LoopEvent } from '../../engine/orchestrator/index.ts';

/** The lines a person reads of one event of the loop: the original's five steps. */
export function loopLines(event: LoopEvent): string[] {
  switch (event.type) {
    case 'iteration':
      return ['', headLine(event.iteration, event.at, event.symbol), ...missedLines(event.missed)];
    case 'fetched': {
      const { bars, interval, source, price, currency } = event;
      return [
        `[1/5] Fetching: ${bars} bars of ${interval} from ${source}, latest price ${price} ${currency}`.trimEnd(),
      ];
    }
    case 'settled':
      return [`      ${event.outcomes} earlier ${event.outcomes === 1 ? 'decision has' : 'decisions have'} settled.`];
    case 'memory':
      return [
        `[2/5] Memory context: ${counted(event.setups, 'setup')} remembered, ${event.settled} settled; ${counted(event.notes, 'note')} on it`,
      ];
    case 'gaf': {
      const { trend, cycle, burst } = event.scores;
      return [`[3/5] GAF analysis: TREND ${trend}/10, CYCLE ${cycle}/10, BURST ${burst}/10`];
    }
    case 'confidence': {
      const [first, ...more] = event.rounds;
      return [
        `[4/5] Confidence: ${certaintyText(first?.confidence ?? 0)} (threshold ${event.threshold})`,
        ...more.map(
          ({ round, confidence, sentence }) => `      Refinement ${round}: ${certaintyText(confidence)}. ${sentence}`,
        ),
      ];
    }
    case 'decision': {
      const { action, confidence, holdReasons, id } = event.decision;
      const why = holdReasons[0] ? ` ${holdReasons[0].sentence}` : '';
      return [
        `[5/5] Decision: ${action.toUpperCase()} with confidence ${certaintyText(confidence.value)}; stored in memory as ${id}.${why}`,
      ];
    }
    case 'nothing-new':
      return [`      ${event.sentence}`];
    case 'failure':
      return [];
  }
}

export const headLine = (iteration: number, at: string, symbol: string): string =>
  `--- Iteration ${iteration}, ${at.slice(0, 19).replace('T', ' ')} UTC, ${symbol} ---`;

export const missedLines = (missed: number): string[] =>
  missed === 0 ? [] : [`      ${counted(missed, 'iteration')} fell out meanwhile; this one stands for all.`];

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
