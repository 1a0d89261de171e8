import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { useEffect } from 'react';
import type { HeadsVersions, ModelInfo, NetworkState } from '../../../shared/domain/index.ts';
import { Icon } from '../../components/index.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { bytes, short, whole } from '../../format/index.ts';
import { latencyText } from './latency-text.ts';
import classes from './models.module.css';

const REFRESH_MS = 5_000;

/** How the network runs; asked again while it is on screen. */
function useNetwork(): NetworkState | undefined {
  useEffect(() => {
    const timer = setInterval(() => queries.invalidate(['network']), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return useQuery<NetworkState>('network', (signal) => api().models.network(undefined, { signal })).data;
}

function Hash({ value, checked }: { value: string; checked: boolean }) {
  return (
    <dd>
      <span className="mono" title={value}>
        {short(value)}
      </span>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon size={18} aria-label="Copy the SHA-256" onClick={copy}>
              <Icon name="copy" size={11} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>{' '}
      <span data-testid="model-verified">
        {checked
          ? 'verified: the file was checked against it when it was loaded'
          : 'checked before the file is first used; its size is right'}
      </span>
    </dd>
  );
}

/** Which heads read which series now. */
function HeadsInForce() {
  const list = useQuery<HeadsVersions>('heads', (signal) => api().models.heads.list(undefined, { signal })).data;
  if (!list) return null;
  const inForce = list.versions.find(({ id }) => id === list.inForce);
  if (list.problem) return <span role="alert">{list.problem}</span>;
  if (!inForce) return 'shipped heads read everything';
  const symbols = new Set(inForce.governs.map(({ symbol, source, interval }) => `${symbol} ${interval} (${source})`));
  const named = symbols.size > 6 ? `${symbols.size} series` : [...symbols].join(', ');
  return `fine-tuned heads ${inForce.id} read ${named}; shipped heads read everything else`;
}

/** What the network is, what it was fitted on, and how it runs here. */
export function Network({ model }: { model: ModelInfo }) {
  const state = useNetwork();
  return (
    <dl className={classes.facts}>
      <dt>Network</dt>
      <dd>
        <b>{model.name}</b>, {whole(model.parameters)} parameters
        <div className="dim">{model.architecture}</div>
      </dd>
      <dt>File</dt>
      <dd>
        {model.file}, {bytes(model.bytes)}
      </dd>
      <dt>SHA-256</dt>
      <Hash value={model.sha256} checked={state?.loaded ?? false} />
      <dt>Reads</dt>
      <dd>
        windows of {model.windowBars} bars; direction and volatility speak of the next {model.horizonBars}
      </dd>
      <dt>Fitted on</dt>
      <dd>
        bars through {model.trainedThrough} of {model.trainedSymbols.length} symbols: {model.trainedSymbols.join(', ')}.
        Readings there are marked in sample, and so are those of a symbol through what its fine-tuned heads were fitted
        on.
      </dd>
      <dt>Heads</dt>
      <dd data-testid="model-heads">
        <HeadsInForce />
      </dd>
      <dt>Calibrated on</dt>
      <dd>{model.calibratedOn}</dd>
      <dt>Runs on</dt>
      <dd>
        {state?.loaded
          ? `${state.executionProvider}, ${state.threads} threads`
          : 'not loaded yet; the first reading does'}
        {state?.fallback && `. ${state.fallback}`}
      </dd>
      <dt>One window</dt>
      <dd className="num">{latencyText(state?.latency ?? [], false)}</dd>
      <dt>Each, together</dt>
      <dd className="num">{latencyText(state?.latency ?? [], true)}</dd>
    </dl>
  );
}
