import { Kbd, Modal, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useStore } from '../engine/index.ts';
import { resetClock, stepClockOnce, toLatest } from '../screens/topbar/clock-commands.ts';
import { analyzeSymbol, analyzeWatchlist } from './commands.ts';
import { PANEL_TITLES, PANELS } from './layout.ts';
import { dataOpen, focusedPanel, focusPanel, judgementOpen, keysOpen, languageOpen, resetLayout } from './panels.ts';
import classes from './shell.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl+Shift+A', 'Analyze the watchlist'],
  ['Ctrl+K', 'Every action by name'],
  [`1 \u2026 ${PANELS.length}`, PANELS.map((id) => PANEL_TITLES[id]).join(', ')],
  ['F6, Shift+F6', 'Next and previous panel'],
  ['[ , ]', 'Clock one bar back, one bar on'],
  ['\u2191 \u2193, Enter, Delete', 'In the watchlist: walk, open, remove'],
  ['\u2191 \u2193, Enter', 'In the history: walk, open the decision as it was'],
  ['Esc', 'In the task centre: cancel the running analysis'],
  ['?', 'This list'],
];

function nextPanel(step: 1 | -1): void {
  const at = PANELS.indexOf(focusedPanel() ?? (step === 1 ? 'memory' : 'watchlist'));
  const id = PANELS[(at + step + PANELS.length) % PANELS.length];
  if (id) focusPanel(id);
}

function usePalette() {
  const { toggleColorScheme } = useMantineColorScheme();
  const action = (id: string, label: string, onClick: () => void, keys?: string) => ({
    id,
    label,
    onClick,
    ...(keys ? { rightSection: <Kbd size="xs">{keys}</Kbd> } : {}),
  });
  return [
    action('analyze', 'Analyze watchlist', analyzeWatchlist, 'Ctrl+Shift+A'),
    action('analyze-symbol', 'Analyze this symbol', analyzeSymbol),
    ...PANELS.map((id, i) => action(`go-${id}`, `Go to ${PANEL_TITLES[id]}`, () => focusPanel(id), `${i + 1}`)),
    action('back', 'Clock: one bar back', () => void stepClockOnce(-1), '['),
    action('forward', 'Clock: one bar on', () => void stepClockOnce(1), ']'),
    action('latest', 'Clock: latest bar', toLatest),
    action('reset-clock', "Clock: the list's own date", resetClock),
    action('theme', 'Switch between dark and light', toggleColorScheme),
    action('data', 'Data sources', () => dataOpen.set(true)),
    action('judgement', 'Judgement', () => judgementOpen.set(true)),
    action('language', 'Language model settings', () => languageOpen.set(true)),
    action('layout', 'Reset the layout', resetLayout),
  ];
}

/** Keys, the command palette and the list of keys. */
export function Keys() {
  const open = useStore(keysOpen, (value) => value);
  const actions = usePalette();
  useHotkeys(PANELS.map((id, i) => [`${i + 1}`, () => focusPanel(id)]));
  useHotkeys([
    ['shift+?', () => keysOpen.set(true)],
    ['?', () => keysOpen.set(true)],
    ['[', () => void stepClockOnce(-1)],
    [']', () => void stepClockOnce(1)],
  ]);
  useHotkeys(
    [
      ['mod+shift+A', analyzeWatchlist],
      ['mod+K', spotlight.open],
      ['F6', () => nextPanel(1)],
      ['shift+F6', () => nextPanel(-1)],
    ],
    [],
  );
  return (
    <>
      <Spotlight
        actions={actions}
        shortcut={null}
        classNames={{ action: classes.command }}
        overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
        nothingFound="No action has this name"
        searchProps={{ placeholder: 'Search the actions', 'aria-label': 'Search the actions' }}
      />
      <Modal opened={open} onClose={() => keysOpen.set(false)} title="Keys">
        <dl className={classes.keys}>
          {KEYS.map(([keys, what]) => [
            <dt key={keys}>
              <Kbd>{keys}</Kbd>
            </dt>,
            <dd key={what}>{what}</dd>,
          ])}
        </dl>
      </Modal>
    </>
  );
}
