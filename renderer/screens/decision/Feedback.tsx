import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Adaptation, Decision, ToldOutcome } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api } from '../../engine/index.ts';
import { update } from '../../workspace/index.ts';
import classes from './decision.module.css';

const OUTCOMES = [
  { value: 'win', label: 'It won' },
  { value: 'loss', label: 'It lost' },
  { value: 'flat', label: 'It ended flat' },
];

/** What the new analysis made of what was said, with the way to it. */
function Changes({ result, spokenOf }: { result: Adaptation; spokenOf: string }) {
  return (
    <div role="status" data-testid="feedback-result">
      <p>{result.sentence}</p>
      {result.changed.length > 0 && (
        <ul className={classes.reasons}>
          {result.changed.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {result.after.id !== spokenOf && (
        <Button size="compact-xs" variant="default" onClick={() => update({ decisionId: result.after.id })}>
          Open the new decision
        </Button>
      )}
    </div>
  );
}

/** What the user says to a decision is remembered, and analyzed anew; the decision stays open beside what became of it. */
export function Feedback({ decision }: { decision: Decision }) {
  const [words, setWords] = useState('');
  const [outcome, setOutcome] = useState<ToldOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Adaptation | null>(null);
  const send = async () => {
    setBusy(true);
    update({ decisionId: decision.id });
    const feedback = { decisionId: decision.id, words, ...(outcome && { outcome }) };
    const adapted = await attempt(() => api().analysis.adapt(feedback));
    setBusy(false);
    if (!adapted) return;
    setResult(adapted);
    setWords('');
    setOutcome(null);
  };
  const empty = words.trim() === '' && outcome === null;
  return (
    <section aria-label="Feedback">
      <h3>Feedback</h3>
      <form
        className={classes.feedback}
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty && !busy) void send();
        }}
      >
        <Textarea
          aria-label="What you want to say to this decision"
          placeholder="A correction, a wish, what became of it"
          size="xs"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-testid="feedback-words"
        />
        <Select
          aria-label="How the position went"
          placeholder="No outcome"
          size="xs"
          clearable
          data={OUTCOMES}
          value={outcome}
          onChange={(value) => setOutcome(value as ToldOutcome | null)}
        />
        <Button type="submit" size="xs" variant="default" disabled={empty || busy} data-testid="feedback-send">
          {busy ? 'Analyzing' : 'Remember and analyze anew'}
        </Button>
      </form>
      {result && <Changes result={result} spokenOf={decision.id} />}
    </section>
  );
}
