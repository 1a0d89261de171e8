import { FineTuneForm } from './FineTuneForm.tsx';
import { FineTuneRun } from './FineTuneRun.tsx';
import classes from './finetune.module.css';
import { useFinetuneRun } from './finetune-run.ts';
import { HeadsVersions } from './HeadsVersions.tsx';

/** New heads for the network from the user's own series: start, progress, result, versions. */
export function FineTune() {
  const state = useFinetuneRun();
  const busy = state?.status === 'running';
  return (
    <section className={classes.part} aria-label="Fine-tuning" data-testid="finetune">
      <h3>Fine-tune on your series</h3>
      <p className="dim">
        Fits new regime, direction and volatility heads on your bars and tries them on later bars they have not seen. A
        head is kept only where it beats the old one, and the plain class shares, by more than noise.
      </p>
      <FineTuneForm busy={busy} />
      {state && <FineTuneRun state={state} />}
      <HeadsVersions busy={busy} />
    </section>
  );
}
