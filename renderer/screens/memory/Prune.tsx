import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { PruneReport } from '../../../shared/domain/index.ts';
import { memories } from './labels.ts';
import classes from './memory.module.css';
import { previewPrune, prune } from './memory-commands.ts';

function Preview({ report }: { report: PruneReport }) {
  if (report.count === 0)
    return <p data-testid="prune-preview">Nothing would be removed; {memories(report.kept)} stay.</p>;
  return (
    <div data-testid="prune-preview">
      <p>
        {memories(report.count)} would be removed and {report.kept} stay. This cannot be undone; export them first to
        keep a copy.
      </p>
      <ul className={classes.examples}>
        {report.examples.map(({ id, knownAt, title, text }) => (
          <li key={id}>
            <span className="dim">{knownAt.slice(0, 10)}</span> {title || text}
          </li>
        ))}
      </ul>
      {report.count > report.examples.length && <p className="dim">and {report.count - report.examples.length} more</p>}
    </div>
  );
}

/** Removes old memories that were of no use, after showing which. */
export function Prune({ onClose }: { onClose: () => void }) {
  const [days, setDays] = useState(365);
  const [report, setReport] = useState<PruneReport | null>(null);
  const rule = { olderThanDays: days };
  return (
    <section className={classes.prune} aria-label="Prune the memory">
      <h3>Prune the memory</h3>
      <p className="dim">
        What is older and was never recalled, or was recalled for ten decisions or more that fared badly on the mean,
        goes. Trades, patterns, decisions and outcomes always stay.
      </p>
      <NumberInput
        size="xs"
        label="Older than, in days"
        min={0}
        max={100_000}
        allowDecimal={false}
        value={days}
        onChange={(value) => {
          setReport(null);
          setDays(Math.max(0, Math.min(100_000, Math.round(Number(value) || 0))));
        }}
      />
      {report && <Preview report={report} />}
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void previewPrune(rule).then(setReport)}
          data-testid="prune-show"
        >
          Show what would go
        </Button>
        <Button
          size="compact-sm"
          disabled={!report || report.count === 0}
          onClick={() => void prune(rule).then(onClose)}
          data-testid="prune-remove"
        >
          Remove for good
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  );
}
