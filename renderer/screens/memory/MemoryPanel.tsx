import { ActionIcon, Button, FileButton, NativeSelect, Switch, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { MEMORY_KINDS, type MemoryKind } from '../../../shared/domain/index.ts';
import { Icon, Panel } from '../../components/index.ts';
import { counted, whole } from '../../format/index.ts';
import { asOfOf, clockDate, useClock, useWorkspace } from '../../workspace/index.ts';
import { AddNote } from './AddNote.tsx';
import { AddPattern } from './AddPattern.tsx';
import { Found } from './Found.tsx';
import { KIND_NAMES } from './labels.ts';
import classes from './memory.module.css';
import { openMemories, saveMemories } from './memory-commands.ts';
import { Patterns, Regimes } from './Patterns.tsx';
import { Prune } from './Prune.tsx';
import { TradesPart } from './TradesPart.tsx';
import { useMemoryState } from './useMemories.ts';

const KINDS = [
  { value: '', label: 'All kinds' },
  ...MEMORY_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] })),
];

interface Filter {
  text: string;
  kind: MemoryKind | '';
  onlySymbol: boolean;
  onlyKnown: boolean;
}

interface ToolbarProps {
  filter: Filter;
  symbol: string | null;
  onChange: (filter: Filter) => void;
  onPrune: () => void;
}

function Toolbar({ filter, symbol, onChange, onPrune }: ToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <TextInput
        size="xs"
        className={classes.search}
        placeholder="Search the memory"
        aria-label="Search the memory"
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        data-entry
        data-testid="memory-search"
      />
      <NativeSelect
        size="xs"
        aria-label="Only this kind"
        value={filter.kind}
        data={KINDS}
        onChange={(event) => onChange({ ...filter, kind: event.currentTarget.value as MemoryKind | '' })}
      />
      <Switch
        size="xs"
        label={symbol ? `Only ${symbol}` : 'Only this symbol'}
        disabled={!symbol}
        checked={filter.onlySymbol}
        onChange={(event) => onChange({ ...filter, onlySymbol: event.currentTarget.checked })}
      />
      <Files onPrune={onPrune} />
    </div>
  );
}

function Files({ onPrune }: { onPrune: () => void }) {
  return (
    <div className={classes.files}>
      <Tooltip label="Save every memory as JSON lines">
        <ActionIcon aria-label="Save every memory" onClick={() => void saveMemories()}>
          <Icon name="download" />
        </ActionIcon>
      </Tooltip>
      <FileButton onChange={(file) => file && void openMemories(file)} accept=".jsonl,.ndjson,.json,.txt">
        {(props) => (
          <Tooltip label="Take memories in from JSON lines">
            <ActionIcon aria-label="Import memories" {...props}>
              <Icon name="upload" />
            </ActionIcon>
          </Tooltip>
        )}
      </FileButton>
      <Button size="compact-xs" variant="default" onClick={onPrune} data-testid="memory-prune">
        Prune
      </Button>
    </div>
  );
}

function Counts() {
  const state = useMemoryState().data;
  if (!state) return null;
  const written = Object.values(state.records).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <p className="dim" data-testid="memory-counts">
        {counted(written, 'written memory', 'written memories')}; pictures of {counted(state.setups, 'decision')},{' '}
        {whole(state.settledSetups)} of them settled.
      </p>
      {state.problem && (
        <p role="alert" className={classes.failed}>
          {state.problem}
        </p>
      )}
    </>
  );
}

/** What is remembered and learnt: search, notes, manual trades, patterns with their rates. */
export default function MemoryPanel() {
  const symbol = useWorkspace('symbol')?.symbol ?? null;
  const clock = useClock();
  const [filter, setFilter] = useState<Filter>({ text: '', kind: '', onlySymbol: false, onlyKnown: false });
  const [pruning, setPruning] = useState(false);
  const [text] = useDebouncedValue(filter.text.trim(), 200);
  const asOf = filter.onlyKnown ? asOfOf(clock) : undefined;
  const query = {
    text: text || undefined,
    kinds: filter.kind ? [filter.kind] : undefined,
    symbol: filter.onlySymbol && symbol ? symbol : undefined,
    asOf,
    limit: 50,
  };
  const searched = text !== '' || filter.kind !== '' || filter.onlySymbol || filter.onlyKnown;
  const toolbar = <Toolbar filter={filter} symbol={symbol} onChange={setFilter} onPrune={() => setPruning(true)} />;
  return (
    <Panel id="memory" label="Memory" toolbar={toolbar}>
      <div className={classes.content}>
        <Counts />
        {pruning && <Prune onClose={() => setPruning(false)} />}
        <Switch
          size="xs"
          label={`Only what was known on ${clockDate(clock)}`}
          description="Decisions at the clock see no more than that"
          checked={filter.onlyKnown}
          onChange={(event) => setFilter({ ...filter, onlyKnown: event.currentTarget.checked })}
        />
        <Found query={query} searched={searched} />
        <details className={classes.part}>
          <summary data-testid="open-note">Add a note</summary>
          <AddNote key={symbol} symbol={symbol} />
        </details>
        <TradesPart symbol={symbol} asOf={asOf} />
        <section className={classes.part} aria-label="Knowledge">
          <h3>Patterns</h3>
          <Patterns asOf={asOf} />
          <details>
            <summary data-testid="open-pattern">Add a pattern</summary>
            <AddPattern />
          </details>
          <h3>Regimes</h3>
          <Regimes asOf={asOf} />
        </section>
      </div>
    </Panel>
  );
}
