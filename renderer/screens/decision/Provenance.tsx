import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import type { Decision } from '../../../shared/domain/index.ts';
import { Icon } from '../../components/index.ts';
import { short, utc } from '../../format/index.ts';
import classes from './decision.module.css';

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">
        <span title={value}>{short(value)}</span>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon size={18} aria-label={`Copy ${name}`} onClick={copy}>
                <Icon name="copy" size={11} />
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </dd>
    </>
  );
}

/** What is needed to make the same decision again. */
export function Provenance({ decision }: { decision: Decision }) {
  const { provenance } = decision;
  return (
    <details className={classes.provenance}>
      <summary>Provenance</summary>
      <dl className={classes.facts}>
        <Hash name="Decision" value={decision.id} />
        <Hash name="Content" value={decision.contentHash} />
        <Hash name="Window" value={provenance.windowHash} />
        <Hash name="Settings" value={provenance.settingsHash} />
        {Object.entries(provenance.modelHashes).map(([name, hash]) => (
          <Hash key={name} name={name} value={hash} />
        ))}
        {Object.entries(provenance.promptHashes).map(([name, hash]) => (
          <Hash key={name} name={name} value={hash} />
        ))}
        <dt>Network ran on</dt>
        <dd>
          {provenance.executionProvider}, {provenance.threads} threads, batches of {provenance.batchSize}
        </dd>
        <dt>Settings used</dt>
        <dd>
          {Object.entries(provenance.settings).map(([name, value]) => (
            <div key={name} className="mono">
              {name} = {String(value)}
            </div>
          ))}
        </dd>
        <dt>Stored</dt>
        <dd>
          {utc(decision.createdAt)} by engine {decision.engineVersion}
        </dd>
      </dl>
    </details>
  );
}
