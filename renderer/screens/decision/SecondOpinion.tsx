import type { Decision } from '../../../shared/domain/index.ts';
import { engine, useStore } from '../../engine/index.ts';
import { GetOne, useLanguageOff } from '../language/QueueLine.tsx';
import { modelName } from '../language/queue-text.ts';

/** Beside a decision of the numeric judge alone: that the language model is at it, or how to get one. */
export function SecondOpinion({ decision }: { decision: Decision }) {
  const queue = useStore(engine, (state) => state.languageQueue);
  const standing = useStore(engine, (state) => state.languageModel);
  const off = useLanguageOff();
  if (off || decision.judge === 'llm' || decision.origin === 'replay' || !standing) return null;
  const atWork = queue.current.includes(decision.symbol);
  if (queue.available && !atWork) return null;
  return (
    <section aria-label="Second opinion" data-testid="second-opinion">
      <h3>Second opinion</h3>
      {atWork && <p>{modelName(queue.model)} judges it now; what both say follows as a decision of its own.</p>}
      {!queue.available && (
        <>
          <p className="dim">{standing}</p>
          <GetOne />
        </>
      )}
    </section>
  );
}
