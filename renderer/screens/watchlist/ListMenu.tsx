import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { Watchlist } from '../../../shared/domain/index.ts';
import { sameListName, WatchlistName } from '../../../shared/domain/index.ts';
import { Icon } from '../../components/index.ts';
import { useWatchlists } from '../../workspace/index.ts';
import { createList, openSamples, removeList, renameList } from './list-commands.ts';
import { openListFile, saveListFile } from './list-files.ts';

type Asking = 'create' | 'rename' | null;

/** Why a name cannot be taken, or null; a list may take its own in another letter case. */
function problem(name: string, taken: readonly string[]): string | null {
  if (taken.some((one) => sameListName(one, name))) return 'There is already a list of this name.';
  return WatchlistName.safeParse(name).success ? null : 'A name has 1 to 40 letters, digits, spaces or . _ -';
}

function NameForm({ initial, onDone }: { initial: string; onDone: (name: string) => void }) {
  const lists = useWatchlists().data ?? [];
  const taken = lists.map((list) => list.name).filter((one) => one !== initial);
  const [name, setName] = useState(initial);
  const [tried, setTried] = useState(false);
  const wrong = problem(name, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong) setTried(true);
    else onDone(name.trim());
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried ? wrong : null}
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit" size="xs">
          Save
        </Button>
      </Group>
    </form>
  );
}

/** Several lists by name. */
export function ListMenu({ list }: { list: Watchlist | undefined }) {
  const [asking, setAsking] = useState<Asking>(null);
  const picker = useRef<HTMLInputElement>(null);
  const done = (name: string) => {
    setAsking(null);
    void (asking === 'rename' && list ? renameList(list, name) : createList(name));
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="Lists">
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsking('create')}>New list</Menu.Item>
          <Menu.Item disabled={!list} onClick={() => setAsking('rename')}>
            Rename this list
          </Menu.Item>
          <Menu.Item disabled={!list} onClick={() => list && void removeList(list)}>
            Delete this list
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item disabled={!list} onClick={() => list && saveListFile(list)}>
            Save this list as CSV
          </Menu.Item>
          <Menu.Item onClick={() => picker.current?.click()}>New list from CSV</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void openSamples()}>Bring the samples back</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.txt,text/csv,text/plain"
        aria-label="A list as CSV"
        data-testid="list-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void openListFile(file);
        }}
      />
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'rename' ? 'Rename the list' : 'New list'}
        size="sm"
      >
        <NameForm initial={asking === 'rename' ? (list?.name ?? '') : ''} onDone={done} />
      </Modal>
    </>
  );
}
