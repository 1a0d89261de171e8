import { Button, VisuallyHidden } from '@mantine/core';
import { governedLines, type HeadsVersion, type HeadsVersions as Versions } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { FailureNote, LoadingNote } from '../../components/index.ts';
import { api, queries, useQuery } from '../../engine/index.ts';
import { utc } from '../../format/index.ts';
import classes from './finetune.module.css';

async function change(work: () => Promise<Versions>): Promise<void> {
  const versions = await attempt(work);
  if (versions) queries.put('heads', versions);
}
const use = (id: string) => void change(() => api().models.heads.use({ id }));
const rollback = () => void change(() => api().models.heads.rollback());

function Choice({ id, inForce, busy }: { id: string; inForce: boolean; busy: boolean }) {
  if (inForce) return <span className={classes.better}>In force</span>;
  return (
    <Button size="compact-xs" variant="default" disabled={busy} onClick={() => use(id)} aria-label={`Use ${id}`}>
      Use
    </Button>
  );
}

/** Lines of what a version reads that are shown; a watchlist's may be a hundred. */
const SHOWN = 6;

function Reads({ version }: { version: HeadsVersion }) {
  const lines = governedLines(version.governs);
  const more = lines.length - SHOWN;
  return (
    <td>
      {lines.slice(0, SHOWN).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {more > 0 && <div className="dim">and {more} more</div>}
    </td>
  );
}

function Rows({ list, busy }: { list: Versions; busy: boolean }) {
  return (
    <table className="table" data-testid="heads-versions">
      <thead>
        <tr>
          <th>Version</th>
          <th>Reads</th>
          <th>Fitted through</th>
          <th>
            <VisuallyHidden>Choice</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.versions.map((version) => (
          <tr key={version.id} data-in-force={version.id === list.inForce}>
            <th scope="row">
              <span className="mono">{version.id}</span>
              <small>{utc(version.createdAt)}</small>
            </th>
            <Reads version={version} />
            <td className="num">{version.trainedThrough}</td>
            <td>
              <Choice id={version.id} inForce={version.id === list.inForce} busy={busy} />
            </td>
          </tr>
        ))}
        <tr data-in-force={list.inForce === null}>
          <th scope="row">Shipped heads</th>
          <td colSpan={2} className="dim">
            {list.inForce === null ? 'Everything' : 'Everything else'}, as they came with Brainnet
          </td>
          <td>
            <Choice id="shipped" inForce={list.inForce === null} busy={busy} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** Every version of the heads, which is in force, and the way back. */
export function HeadsVersions({ busy }: { busy: boolean }) {
  const query = useQuery('heads', (signal) => api().models.heads.list(undefined, { signal }));
  const list = query.data;
  if (query.failure) return <FailureNote failure={query.failure} onRetry={() => queries.retry('heads')} />;
  if (!list) return <LoadingNote what="versions of the heads" />;
  return (
    <>
      {list.problem && (
        <p role="alert" className={classes.failed}>
          {list.problem}
        </p>
      )}
      <section className={classes.scroll} aria-label="Versions of the heads">
        <Rows list={list} busy={busy} />
      </section>
      {list.unusable.map(({ file, problem }) => (
        <p key={file} className="dim">
          {file} cannot be used: {problem}.
        </p>
      ))}
      {list.before !== null && (
        <Button size="compact-xs" variant="default" disabled={busy} onClick={rollback} data-testid="heads-rollback">
          Roll back to {list.before === 'shipped' ? 'the shipped heads' : list.before}
        </Button>
      )}
    </>
  );
}
