import { Text, Tooltip } from '@mantine/core';
import { engine, useStore } from '../../engine/index.ts';
import { useWatchlist } from '../../workspace/index.ts';
import classes from './language.module.css';
import { expectedTime, queueLine } from './queue-text.ts';

/** How long the language model will be at work after the list is analyzed. */
export function ExpectedTime() {
  const queue = useStore(engine, (state) => state.languageQueue);
  const list = useWatchlist();
  const expected = expectedTime(queue, list?.items.length ?? 0);
  if (!expected || queueLine(queue)) return null;
  return (
    <Tooltip label={expected.sentence} multiline w={300}>
      <Text span inherit className={classes.expected} tabIndex={0} data-testid="language-expected">
        Language model: {expected.short}
      </Text>
    </Tooltip>
  );
}
