import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelFile, ModelFiles } from '../../../shared/domain/index.ts';
import { bytes, short, utc } from '../../format/index.ts';
import classes from './finetune.module.css';
import { chooseModel, removeModel, startDownload, verifyModel } from './model-job.ts';
import facts from './models.module.css';

const small = { size: 'compact-xs', variant: 'default' } as const;

const PLACES: Record<ModelFile['place'], string> = {
  resources: 'came with the app',
  data: 'downloaded',
  own: 'used where it lies',
};

function checkText({ check, checkedAt }: ModelFile): string {
  const at = checkedAt ? utc(checkedAt) : '';
  const texts: Record<ModelFile['check'], string> = {
    verified: `verified ${at}, not written since`,
    own: `read whole ${at}; it is another model than the one Brainnet was made for`,
    unchecked: 'not verified yet; it is before its first use',
    damaged: 'damaged; it is not used',
  };
  return texts[check];
}

/** The file that the embedded language model is read from. */
export function InUse({ file, busy }: { file: ModelFile; busy: boolean }) {
  return (
    <>
      <dl className={facts.facts} data-testid="model-in-use">
        <dt>Model</dt>
        <dd>
          <b>{file.title}</b>, {bytes(file.bytes)}, {PLACES[file.place]}
        </dd>
        <dt>File</dt>
        <dd className="mono">{file.path}</dd>
        <dt>SHA-256</dt>
        <dd>
          {file.sha256 && (
            <span className="mono" title={file.sha256}>
              {short(file.sha256)}{' '}
            </span>
          )}
          {checkText(file)}
        </dd>
      </dl>
      <div className={classes.buttons}>
        <Button {...small} disabled={busy} onClick={verifyModel} data-testid="model-verify">
          Verify now
        </Button>
        {file.place === 'own' && (
          <Button {...small} disabled={busy} onClick={() => void chooseModel(null)} data-testid="model-default">
            Stop using it
          </Button>
        )}
        {file.place === 'data' && (
          <Button {...small} disabled={busy} onClick={removeModel} data-testid="model-remove">
            Delete the download
          </Button>
        )}
      </div>
    </>
  );
}

/** The two ways to a model: a download, on the user's word, or a file that is there. */
export function GetModel({ files, busy, canDownload }: { files: ModelFiles; busy: boolean; canDownload: boolean }) {
  const { known, folder, freeBytes } = files;
  const [path, setPath] = useState('');
  return (
    <form
      className={classes.form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (await chooseModel(path.trim())) setPath('');
      }}
    >
      {canDownload && (
        <>
          <p className="dim">
            {known.title}, {bytes(known.bytes)}, {known.license} license, from {new URL(known.address).host} into{' '}
            {folder}
            {freeBytes !== null && ` (${bytes(freeBytes)} free)`}. Nothing is asked of the network before you press the
            button.
          </p>
          <div className={classes.buttons}>
            <Button size="compact-sm" disabled={busy} onClick={() => void startDownload()} data-testid="model-download">
              Download
            </Button>
          </div>
        </>
      )}
      <TextInput
        label="Use a file you have"
        description="The whole path of a GGUF file on the computer where the engine runs; nothing is copied"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        size="xs"
        data-testid="model-path"
      />
      <div className={classes.buttons}>
        <Button type="submit" {...small} disabled={busy || path.trim() === ''} data-testid="model-use">
          Use this file
        </Button>
      </div>
    </form>
  );
}
