import { Button } from '@mantine/core';
import { languageOpen } from '../../app/panels.ts';
import { FailureNote, LoadingNote } from '../../components/index.ts';
import { engine, queries, sentenceOf, useStore } from '../../engine/index.ts';
import classes from './finetune.module.css';
import { GetModel, InUse } from './LanguageModelFile.tsx';
import { LanguageModelJob } from './LanguageModelJob.tsx';
import { useModelFiles } from './model-job.ts';

/** Whether the settings ask for the model of a file. */
const usesFile = (backend: unknown) => backend === 'embedded' || backend === 'auto';

function Files({ backend }: { backend: unknown }) {
  const { data: files, failure, job } = useModelFiles();
  if (failure) return <FailureNote failure={failure} onRetry={() => queries.retry('model-files')} />;
  if (!files) return <LoadingNote what="the files of the language model" />;
  const { inUse, problem } = files;
  const busy = job?.status === 'running';
  const canDownload = !busy && job?.status !== 'paused' && (inUse === null || inUse.check === 'damaged');
  return (
    <>
      {problem && usesFile(backend) && (
        <p
          role={problem.code === 'LLM_MISSING' ? 'note' : 'alert'}
          className={classes.failed}
          data-testid="model-problem"
        >
          {sentenceOf(problem)}
        </p>
      )}
      {inUse && <InUse file={inUse} busy={busy} />}
      {job && <LanguageModelJob job={job} />}
      <GetModel files={files} busy={busy} canDownload={canDownload} />
    </>
  );
}

/** The language model: how it stands, its file, and the ways to get one. */
export function LanguageModel() {
  const sentence = useStore(engine, (state) => state.languageModel);
  const settings = useStore(engine, (state) => state.settings);
  const backend = settings.find(({ name }) => name === 'LLM_BACKEND')?.value;
  return (
    <section className={classes.part} aria-label="Language model" data-testid="language-model">
      <h3>Language model</h3>
      <Button size="compact-xs" variant="default" onClick={() => languageOpen.set(true)} data-testid="model-settings">
        Settings
      </Button>
      {backend !== 'embedded' && <p className="dim">{sentence}</p>}
      <Files backend={backend} />
    </section>
  );
}
