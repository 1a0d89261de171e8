import { useEffect } from 'react';
import { engine, useStore } from '../engine/index.ts';
import { DataDialog } from '../screens/data/DataDialog.tsx';
import { JudgementDialog } from '../screens/settings/JudgementDialog.tsx';
import { LanguageDialog } from '../screens/settings/LanguageDialog.tsx';
import { StatusBar } from '../screens/statusbar/StatusBar.tsx';
import { TopBar } from '../screens/topbar/TopBar.tsx';
import { openList, useWatchlists, useWorkspace } from '../workspace/index.ts';
import { Dock } from './dock.tsx';
import { Keys } from './Keys.tsx';
import { AddressForm, NewToken } from './NewToken.tsx';
import { NoticeStrip } from './NoticeStrip.tsx';
import { RunNotifier } from './RunNotifier.tsx';
import classes from './shell.module.css';

const REFUSED =
  'The server asks for the token of its address. Everything stored is safe: paste the address that it printed when it started.';

/** Opens the first list on a first start, and another one when the list on screen is gone. */
function useListOnScreen(): void {
  const lists = useWatchlists().data;
  const name = useWorkspace('list');
  useEffect(() => {
    if (lists && !lists.some((list) => list.name === name)) openList(lists[0]);
  }, [lists, name]);
}

function Waiting({ sentence, refused = false }: { sentence: string; refused?: boolean }) {
  return (
    <main className={classes.waiting}>
      <h1>Brainnet</h1>
      <p role="status" data-testid="connection-state">
        {sentence}
      </p>
      {refused && <AddressForm />}
    </main>
  );
}

function Workstation() {
  useListOnScreen();
  return (
    <div className={classes.shell}>
      <TopBar />
      <NewToken />
      <NoticeStrip />
      <main className={classes.main}>
        <Dock />
      </main>
      <StatusBar />
      <Keys />
      <DataDialog />
      <JudgementDialog />
      <LanguageDialog />
      <RunNotifier />
    </div>
  );
}

export function Shell() {
  const phase = useStore(engine, (state) => state.phase);
  const started = useStore(engine, (state) => state.version !== '');
  if (started) return <Workstation />;
  if (phase === 'refused') return <Waiting sentence={REFUSED} refused />;
  return (
    <Waiting
      sentence={phase === 'connecting' ? 'Connecting to the engine' : 'The engine does not answer yet; trying again'}
    />
  );
}
