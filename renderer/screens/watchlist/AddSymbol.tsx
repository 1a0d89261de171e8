import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import type { Source, Watchlist } from '../../../shared/domain/index.ts';
import { SOURCE_NAMES } from '../../format/index.ts';
import { openSymbol } from '../../workspace/index.ts';
import { type Candidate, notIn, typedSymbol } from './candidates.ts';
import { addSymbols } from './list-commands.ts';
import { rowKey } from './rows.ts';
import { type SymbolSearch, useLiveSource, useSymbolSearch } from './useSymbolSearch.ts';
import classes from './watchlist.module.css';

const SHOWN = 60;
const ASK = 'ask-the-network';
const TYPED = 'typed-symbol';

function Found({ candidate }: { candidate: Candidate }) {
  const { symbol, name, place, source } = candidate;
  return (
    <Combobox.Option value={rowKey(candidate)} className={classes.found}>
      <b>{symbol}</b>
      <span className={classes.foundName}>{name}</span>
      <span className={classes.foundPlace}>{[place, SOURCE_NAMES[source]].filter(Boolean).join(', ')}</span>
    </Combobox.Option>
  );
}

function State({ text, found, search }: { text: string; found: readonly Candidate[]; search: SymbolSearch }) {
  if (search.asking) return <Combobox.Empty role="status">Asking Yahoo</Combobox.Empty>;
  if (search.problem) return <Combobox.Empty role="alert">{search.problem}</Combobox.Empty>;
  if (found.length > 0) return null;
  const here = 'Not among the samples and your imports';
  return <Combobox.Empty>{search.askNetwork && text ? `${here}.` : 'Nothing else has this name.'}</Combobox.Empty>;
}

/** Finds a symbol by its name or letters, here and, where the user wants it, on the network, and adds it to the list. */
export function AddSymbol({ list }: { list: Watchlist }) {
  const [text, setText] = useState('');
  const search = useSymbolSearch(text);
  const live = useLiveSource();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const found = notIn(list, search.found, SHOWN);
  const typed = live === 'stooq' ? typedSymbol(text) : null;
  const add = (symbol: string, source: Source) => {
    setText('');
    box.closeDropdown();
    void addSymbols(list, [{ symbol, source }]).then((added) => added && openSymbol({ symbol, source }));
  };
  const submit = (value: string) => {
    if (value === ASK) return search.askNetwork?.();
    if (value === TYPED && typed) return add(typed, 'stooq');
    const candidate = found.find((one) => rowKey(one) === value);
    if (candidate) add(candidate.symbol, candidate.source);
  };
  return (
    <Combobox store={box} onOptionSubmit={submit} width={340} position="bottom-start">
      <Combobox.Target>
        <TextInput
          size="xs"
          flex={1}
          miw={0}
          value={text}
          placeholder="Add a symbol"
          aria-label="Add a symbol"
          data-testid="add-symbol"
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => {
            box.closeDropdown();
            setText('');
          }}
          onChange={(event) => {
            setText(event.currentTarget.value);
            box.openDropdown();
            box.selectFirstOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.candidates} aria-label="Symbols found">
          {found.map((candidate) => (
            <Found key={rowKey(candidate)} candidate={candidate} />
          ))}
          <State text={text} found={found} search={search} />
          {search.askNetwork && text.trim() !== '' && (
            <Combobox.Option value={ASK} className={classes.ask} data-testid="search-yahoo">
              Search Yahoo for {'\u201c'}
              {text.trim()}
              {'\u201d'}
              <span className={classes.second}>What you typed is sent to Yahoo.</span>
            </Combobox.Option>
          )}
          {typed && (
            <Combobox.Option value={TYPED} className={classes.ask}>
              Add {typed} from Stooq
              <span className={classes.second}>Stooq has no search; the symbol is taken as it stands.</span>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
