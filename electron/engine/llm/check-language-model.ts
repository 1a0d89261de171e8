import type { Check, LanguageModelFinding, ModelFiles as ModelFilesView } from '../../../shared/domain/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import type { ModelFiles } from './files/index.ts';
import {
  type BackendSettings,
  backendOptions,
  findLocalServer,
  type Look,
  lookAtServer,
  serverAddress,
} from './openai/index.ts';

type Finding = Omit<Check, 'name'>;

export interface LanguageModelCheck {
  settings: BackendSettings;
  env: NodeJS.ProcessEnv;
  files: Pick<ModelFiles, 'list'>;
  /** Ask servers on other machines too. */
  online: boolean;
}

/** Which language model is set, whether it is there, and what to do. Loads none; asks servers of this machine, others only `online`. */
export async function checkLanguageModel(check: LanguageModelCheck): Promise<LanguageModelFinding> {
  const { settings, env, files, online } = check;
  const { LLM_BACKEND: backend } = settings;
  if (backend === 'none') return asked(ok('LLM_BACKEND is none: the numeric judge decides.'));
  if (backend === 'embedded') return asked(ofFile(files.list()));
  try {
    const options = backendOptions(settings, env) ?? (await findLocalServer(settings, env));
    if (!options) return asked(nothingFound(files.list()));
    if (!online && !isHere(options.address)) {
      const unasked = shown(options.address);
      return {
        ...ok(`LLM_BACKEND is ${backend}: ${unasked} is asked in an analysis; doctor --online tries it now.`),
        unasked,
      };
    }
    return asked(ofServer(backend, await lookAtServer(options)));
  } catch (error) {
    return asked({ state: 'problem', sentence: `LLM_BACKEND is ${backend}. ${toErrorData(error).sentence}` });
  }
}

/** What a server showed, and no more: that a model answers is said only of one that the server lists. */
function ofServer(backend: string, { name, where, seen, status }: Look): Finding {
  const set = `LLM_BACKEND is ${backend}:`;
  const only = 'is seen only in an analysis';
  if (seen === 'listed') return ok(`${set} ${name} at ${where} answers.`);
  if (seen === 'deployment')
    return ok(`${set} ${where} answers; whether it has a deployment named ${name} ${only}, since it lists none.`);
  return {
    state: 'warning',
    sentence: `${set} ${where} does not list its models (${status}), so whether ${name} answers there ${only}; a wrong OLLAMA_BASE_URL looks the same.`,
  };
}

/** How the file of the embedded model stands. */
function ofFile({ inUse, problem, job }: ModelFilesView): Finding {
  const paused =
    job?.status === 'paused' ? ` A download has brought ${percent(job)}; brainnet models download goes on.` : '';
  if (problem?.code === 'LLM_MISSING') return { state: 'warning', sentence: `${problem.sentence}${paused}` };
  if (problem || !inUse) return { state: 'problem', sentence: problem?.sentence ?? '' };
  const title = inUse.place === 'own' ? `"${inUse.title}"` : inUse.title;
  const about = `Embedded: ${title}, ${(inUse.bytes / 1e9).toFixed(2)} GB, ${inUse.path}`;
  const read = inUse.checkedAt?.slice(0, 10);
  const states = {
    verified: `SHA-256 verified on ${read}, not written since.`,
    own: `another model than the one Brainnet was made for; read whole on ${read}, not written since.`,
    unchecked: 'not verified yet: that is done before its first use, or now by brainnet models verify.',
    damaged: 'damaged.',
  };
  return ok(`${about}; ${states[inUse.check]}`);
}

function nothingFound(view: ModelFilesView): Finding {
  const found = ofFile(view);
  return {
    ...found,
    sentence: `LLM_BACKEND is auto, and neither LM Studio nor Ollama answers here. ${found.sentence}`,
  };
}

const asked = (finding: Finding): LanguageModelFinding => ({ ...finding, unasked: null });
const ok = (sentence: string): Finding => ({ state: 'ok', sentence });
const percent = ({ done, total }: { done: number; total: number }) => `${Math.floor((100 * done) / total)} %`;
const isHere = (address: string) => serverAddress(address).local;
const shown = (address: string) => serverAddress(address).where;
