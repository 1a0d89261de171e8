import type { Figure, MeasuredSet } from '../../../../shared/domain/index.ts';
import type { Card } from './card.ts';

/** The network's own line among the methods of the card. */
export const NETWORK = 'convnext_tiny';
/** The set that verdicts rest on. */
export const HELD_OUT = 'test_both';

/** Sets and methods in the order they are shown; what the card has besides stands behind them under its own name. */
const SETS: Readonly<Record<string, string>> = {
  [HELD_OUT]: 'symbols the network never saw, from 2015 on',
  test_symbol: 'symbols the network never saw, before 2015',
  test_time: 'symbols it was fitted on, from 2015 on',
  real: 'the three sets above together',
  sim: 'simulated windows, seeds it never saw',
  eurusd_hourly: 'EUR/USD, hourly',
};
const METHODS: Readonly<Record<string, string>> = {
  [NETWORK]: 'this network',
  class_prior: 'class prior',
  label_formula: "the label's own formula",
  logistic: 'logistic regression, 13 features',
  logistic_26: 'logistic regression, 26 features',
  boosted_trees: 'boosted trees, 13 features',
  boosted_trees_26: 'boosted trees, 26 features',
  cnn_1d: '1-D CNN on the closes',
};

export const setTitle = (set: string) => SETS[set] ?? set.replaceAll('_', ' ');

/** Every set of windows that the card has figures of, with every method that was tried there. */
export function measuredSets(card: Card): MeasuredSet[] {
  const { sets, metrics } = card.metrics;
  return inOrder(Object.keys(metrics), SETS).map((set) => {
    const methods = metrics[set] as Readonly<Record<string, MethodFigures>>;
    return {
      set,
      title: setTitle(set),
      windows: sets[set]?.windows ?? 0,
      methods: inOrder(Object.keys(methods), METHODS).map((method) => ({
        method,
        title: METHODS[method] ?? method.replaceAll('_', ' '),
        heads: headFigures(methods[method]!),
      })),
    };
  });
}

type MethodFigures = Card['metrics']['metrics'][string][string];

function headFigures(heads: MethodFigures): MeasuredSet['methods'][number]['heads'] {
  return Object.fromEntries(
    Object.entries(heads).map(([head, figures]) => [
      head,
      {
        accuracy: figure(figures.accuracy),
        macroF1: figure(figures.macro_f1),
        logLoss: figure(figures.log_loss),
        brier: figure(figures.brier),
        ece: figure(figures.ece),
      },
    ]),
  );
}

export function figure([value, low, high]: readonly [number, number, number]): Figure {
  return { value, low, high };
}

function inOrder(names: readonly string[], known: Readonly<Record<string, string>>): string[] {
  const first = Object.keys(known).filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name))];
}
