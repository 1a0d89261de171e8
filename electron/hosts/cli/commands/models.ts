import path from 'node:path';
import type { ModelFile, ModelFiles as ModelFilesView, ModelJob } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { printable } from '../../../../shared/printable.ts';
import { createModelFiles, modelFolders } from '../../../engine/llm/index.ts';
import { createLog, systemClock } from '../../../engine/platform/index.ts';
import type { Context } from '../context.ts';
import { INTERRUPTED, onInterrupt } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { withEngine } from '../with-engine.ts';

/** How the files of the language model stand. Works beside a running engine. */
export async function list({ out, dataDir }: Context): Promise<number> {
  show(filesOf(dataDir).list(), out);
  return 0;
}

/** Reads the file in use whole; exit 1 where it is not right. Works beside a running engine. */
export async function verify({ out, dataDir }: Context): Promise<number> {
  const files = filesOf(dataDir);
  const interrupt = onInterrupt(() => void files.cancel());
  try {
    const verified = files.verify();
    for await (const job of files.follow()) tell(job, out);
    out.progress('');
    show(await verified, out);
    return 0;
  } catch (error) {
    if (!interrupt.requested) throw error;
    return INTERRUPTED;
  } finally {
    interrupt.release();
  }
}

/** Downloads the model or goes on with it; the first Ctrl+C pauses it (exit 130). */
export async function download({ out, dataDir }: Context): Promise<number> {
  let pause = () => {};
  const interrupt = onInterrupt(() => pause());
  try {
    return await withEngine(dataDir, {}, async ({ client: { models } }) => {
      pause = () => void models.files.pause();
      const { known } = await models.files.list();
      out.note(`From ${known.address}: ${size(known.bytes)}, ${known.license} license.`);
      await models.files.download();
      if (interrupt.requested) pause();
      let last: ModelJob | null = null;
      for await (const job of await models.files.follow()) {
        last = job;
        tell(job, out);
      }
      out.progress('');
      if (last?.note) out.note(last.note);
      if (last?.error) throw new BrainnetError(last.error.code, last.error.details);
      show(await models.files.list(), out);
      return last?.status === 'done' ? 0 : INTERRUPTED;
    });
  } finally {
    interrupt.release();
  }
}

/** Uses a file of the user's own, or with --default the known model again. */
export async function use(
  context: Context,
  [file]: readonly string[],
  { default: isDefault = false }: { default?: boolean },
): Promise<number> {
  if (isDefault && file !== undefined)
    context.usage('a GGUF file and --default contradict each other; name one of them.');
  if (!isDefault && file === undefined) context.usage('name a GGUF file, or say --default.');
  const chosen = file === undefined ? null : path.resolve(file);
  await withEngine(context.dataDir, {}, async ({ client }) =>
    show(await client.models.files.use({ path: chosen }), context.out),
  );
  return 0;
}

export async function remove({ out, dataDir }: Context): Promise<number> {
  await withEngine(dataDir, {}, async ({ client }) => show(await client.models.files.remove(), out));
  return 0;
}

function filesOf(dataDir: string) {
  const log = createLog(process.env);
  return createModelFiles({ dataDir, resourceDirs: modelFolders(), env: process.env, clock: systemClock, log });
}

function tell(job: ModelJob, out: Output): void {
  const { stage, done, total, bytesPerSecond, leftMs } = job;
  out.data({ type: 'progress', ...job });
  const rate = bytesPerSecond === null ? '' : `, ${(bytesPerSecond / 1e6).toFixed(1)} MB a second`;
  const left = leftMs === null ? '' : `, ${Math.ceil(leftMs / 1000)} s left`;
  out.progress(`${stage} ${Math.floor((100 * done) / total)} %, ${size(done)} of ${size(total)}${rate}${left}`);
}

const size = (bytes: number) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);

const CHECKS = {
  verified: 'SHA-256 verified',
  own: 'a file of your own, not the model that Brainnet was made for',
  unchecked: 'not verified yet (models verify; it is done before its first use in any case)',
  damaged: 'damaged',
};

/** What a file of one's own calls itself stands in quotation marks: it may say anything. */
function named({ place, title }: ModelFile): string {
  return place === 'own' ? `"${printable(title).replaceAll('"', "'")}"` : title;
}

function show(view: ModelFilesView, out: Output): void {
  const { known, inUse, problem, job, folder, freeBytes } = view;
  out.data({ type: 'models', ...view });
  const free = freeBytes === null ? '' : `, ${size(freeBytes)} free`;
  out.text(`Known: ${known.title}, ${size(known.bytes)}, ${known.license}, from ${known.address}`);
  out.text(`       SHA-256 ${known.sha256}`);
  out.text(inUse ? `In use: ${named(inUse)}, ${printable(inUse.path)}; ${CHECKS[inUse.check]}` : 'In use: none');
  if (job?.kind === 'download' && job.status === 'paused') {
    out.text(`Paused: ${size(job.done)} of ${size(job.total)} have arrived; models download goes on from there.`);
  }
  out.text(`Downloads: ${folder}${free}`);
  if (problem) out.note(problem.sentence);
}
