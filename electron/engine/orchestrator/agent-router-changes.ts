import { certaintyText, type Decision, type Evidence } from '../../../shared/domain/index.ts';

/** What differs between two decisions, a line each, the action first; empty where a reader sees no difference. */
export function changesBetween(before: Decision, after: Decision): string[] {
  const moved = (name: string, of: (decision: Decision) => string) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [`${name} ${was} -> ${is}`];
  };
  return [
    ...moved('last bar:', ({ lastBarDate }) => lastBarDate),
    ...moved('action:', ({ action }) => action),
    ...moved('regime:', ({ regime }) => regime.replace('_', '-')),
    ...moved('C', ({ confidence }) => certaintyText(confidence.value)),
    ...moved('P(correct)', chance),
    ...moved('track record:', tracked),
    ...moved('rounds of refinement:', ({ rounds }) => String(rounds.length - 1)),
    ...changedSettings(before, after),
    ...(sameNetwork(before, after) ? [] : ['the network reads with other weights or heads']),
    ...appeared('holds now:', before.holdReasons, after.holdReasons),
    ...appeared('holds no longer:', after.holdReasons, before.holdReasons),
    ...appeared('new evidence for:', before.evidenceFor, after.evidenceFor),
    ...appeared('new evidence against:', before.evidenceAgainst, after.evidenceAgainst),
    ...appeared('no longer evidence for:', after.evidenceFor, before.evidenceFor),
    ...appeared('no longer evidence against:', after.evidenceAgainst, before.evidenceAgainst),
  ];
}

const chance = ({ pCorrect }: Decision): string =>
  pCorrect.state === 'calibrated' ? pCorrect.value.toFixed(2) : 'uncalibrated';

const tracked = ({ trackRecord }: Decision): string =>
  trackRecord ? `${trackRecord.hits} of ${trackRecord.n}` : 'none';

function changedSettings(before: Decision, after: Decision): string[] {
  const [was, is] = [before.provenance.settings, after.provenance.settings];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return names.filter((name) => was[name] !== is[name]).map((name) => `setting ${name}: ${was[name]} -> ${is[name]}`);
}

function sameNetwork(before: Decision, after: Decision): boolean {
  const hashes = ({ provenance }: Decision) => JSON.stringify(Object.entries(provenance.modelHashes).sort());
  return hashes(before) === hashes(after);
}

/** Reasons of `later` whose code `earlier` has not. */
function appeared(title: string, earlier: readonly Evidence[], later: readonly Evidence[]): string[] {
  const known = new Set(earlier.map(({ code }) => code));
  return later.filter(({ code }) => !known.has(code)).map(({ sentence }) => `${title} ${sentence}`);
}
