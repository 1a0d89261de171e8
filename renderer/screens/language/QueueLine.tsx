import { Button, Tooltip } from '@mantine/core';
import { attempt } from '../../app/commands.ts';
import { focusPanel } from '../../app/panels.ts';
import { api, engine, useStore } from '../../engine/index.ts';
import classes from './language.module.css';
import { queueLine } from './queue-text.ts';

const cancel = () => void attempt(() => api().analysis.cancelLanguage());

/** What the language model is at, with a way to end it; where there is no model, the way to one. */
export function QueueLine() {
  const queue = useStore(engine, (state) => state.languageQueue);
  const standing = useStore(engine, (state) => state.languageModel);
  const off = useLanguageOff();
  const line = queueLine(queue);
  const said = line ?? queue.problem ?? standing;
  return (
    <span className={classes.line} data-testid="language-line">
      <span className={`${classes.said} num`} title={said}>
        {said}
      </span>
      {line && (
        <Tooltip label="End what the language model judges; the numeric decisions stand">
          <Button
            size="compact-xs"
            variant="default"
            className={classes.button}
            aria-label="Cancel the language model"
            onClick={cancel}
            data-testid="language-cancel"
          >
            Cancel
          </Button>
        </Tooltip>
      )}
      {!line && !off && !queue.available && standing && <GetOne />}
    </span>
  );
}

/** Whether the user wants none. */
export const useLanguageOff = () =>
  useStore(engine, (state) => state.settings.find(({ name }) => name === 'LLM_BACKEND')?.value === 'none');

/** Leads to where a language model can be had. */
export function GetOne() {
  return (
    <Button
      size="compact-xs"
      variant="default"
      className={classes.button}
      onClick={() => focusPanel('models')}
      data-testid="language-get"
    >
      Get a language model
    </Button>
  );
}
