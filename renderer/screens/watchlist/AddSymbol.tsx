import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Watchlist } from '../../../shared/domain/index.ts';
import { SOURCE_NAMES } from '../../format/index.ts';
import { openSymbol, useInstruments } from '../../workspace/index.ts';
import { addSymbols } from './list-commands.ts';
import { rowKey } from './rows.ts';

/** Chooses among what can be analyzed now; what is not there has to be imported. */
export function AddSymbol({ list }: { list: Watchlist }) {
  const instruments = useInstruments().data;
  const options = useMemo(() => {
    const present = new Set(list.items.map(rowKey));
    return (instruments ?? [])
      .filter((instrument) => !present.has(rowKey(instrument)))
      .map((instrument) => ({
        value: rowKey(instrument),
        label: `${instrument.symbol}  ${instrument.name}, ${SOURCE_NAMES[instrument.source].toLowerCase()}`,
      }));
  }, [instruments, list]);
  const choose = (value: string | null) => {
    const instrument = instruments?.find((one) => rowKey(one) === value);
    if (!instrument) return;
    void addSymbols(list, [{ symbol: instrument.symbol, source: instrument.source }]).then(() =>
      openSymbol(instrument),
    );
  };
  return (
    <Select
      size="xs"
      flex={1}
      miw={0}
      searchable
      selectFirstOptionOnChange
      value={null}
      data={options}
      onChange={choose}
      limit={60}
      placeholder="Add a symbol"
      aria-label="Add a symbol"
      nothingFoundMessage="Not among the samples and your imports; import a CSV file with its bars."
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      data-testid="add-symbol"
    />
  );
}
