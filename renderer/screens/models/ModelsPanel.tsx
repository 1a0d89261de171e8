import { FailureNote, LoadingNote, Panel } from '../../components/index.ts';
import { queries } from '../../engine/index.ts';
import { useModel } from '../../workspace/index.ts';
import { FineTune } from './FineTune.tsx';
import { LanguageModel } from './LanguageModel.tsx';
import { Measured } from './Measured.tsx';
import classes from './models.module.css';
import { Network } from './Network.tsx';

/** The network's card: what it is, how good it is on data it never saw, and how it runs here. */
export default function ModelsPanel() {
  const query = useModel();
  const model = query.data;
  return (
    <Panel id="models" label="Models">
      {query.failure && <FailureNote failure={query.failure} onRetry={() => queries.retry('model')} />}
      {!query.failure && !model && <LoadingNote what="the network's card" />}
      {model && (
        <div className={classes.content}>
          <section aria-label="The network">
            <Network model={model} />
          </section>
          <Measured model={model} />
          <FineTune />
          <LanguageModel />
        </div>
      )}
    </Panel>
  );
}
