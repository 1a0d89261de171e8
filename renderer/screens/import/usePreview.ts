import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { CsvPreview } from '../../../shared/contract/index.ts';
import type { CsvOptions } from '../../../shared/domain/index.ts';
import { api, sentenceOf, toFailure } from '../../engine/index.ts';

export interface PreviewInput {
  symbol: string;
  fileName: string;
  content: string;
  /** What the user overrules; what is left out is recognised. */
  options: CsvOptions;
}

export interface Preview {
  /** The newest answer; the one before while the next is on its way. */
  answer: CsvPreview | null;
  pending: boolean;
  /** Why the file cannot be read so, or null. */
  problem: string | null;
}

const PAUSE_MS = 150;

/** How the engine would read the file; asked again whenever the options change. */
export function usePreview({ symbol, fileName, content, options }: PreviewInput): Preview {
  const [asked] = useDebouncedValue(options, PAUSE_MS);
  const [state, setState] = useState<Preview>({ answer: null, pending: true, problem: null });
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...before, pending: true }));
    api()
      .market.previewCsv({ symbol, fileName, content, options: asked }, { signal: abort.signal })
      .then((answer) => ({ answer, problem: answer.error ? sentenceOf(answer.error) : null }))
      .catch((error: unknown) => ({ answer: null, problem: toFailure(error).sentence }))
      .then((next) => abort.signal.aborted || setState({ ...next, pending: false }));
    return () => abort.abort();
  }, [symbol, fileName, content, asked]);
  return { ...state, pending: state.pending || asked !== options };
}
