import { useComputedColorScheme } from '@mantine/core';
import {
  DockviewDefaultTab,
  DockviewReact,
  type IDockviewPanelHeaderProps,
  themeDark,
  themeLight,
} from 'dockview-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { ErrorBoundary, LoadingNote } from '../components/index.ts';
import { DecisionPanel } from '../screens/decision/DecisionPanel.tsx';
import { FieldPanel } from '../screens/field/FieldPanel.tsx';
import { HistoryPanel } from '../screens/history/HistoryPanel.tsx';
import { TasksPanel } from '../screens/tasks/TasksPanel.tsx';
import { WatchlistPanel } from '../screens/watchlist/WatchlistPanel.tsx';
import { keepLayout, PANEL_TITLES, type PanelId } from './layout.ts';
import { setDock } from './panels.ts';

const ChartPanel = lazy(() => import('../screens/chart/ChartPanel.tsx'));
const ScorecardPanel = lazy(() => import('../screens/scorecard/ScorecardPanel.tsx'));
const MemoryPanel = lazy(() => import('../screens/memory/MemoryPanel.tsx'));
const ModelsPanel = lazy(() => import('../screens/models/ModelsPanel.tsx'));

function guarded(id: PanelId, Screen: ComponentType) {
  return function Guarded() {
    return (
      <ErrorBoundary name={PANEL_TITLES[id]}>
        <Suspense fallback={<LoadingNote what="the panel" />}>
          <Screen />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

const components = {
  watchlist: guarded('watchlist', WatchlistPanel),
  chart: guarded('chart', ChartPanel),
  field: guarded('field', FieldPanel),
  decision: guarded('decision', DecisionPanel),
  history: guarded('history', HistoryPanel),
  tasks: guarded('tasks', TasksPanel),
  models: guarded('models', ModelsPanel),
  scorecard: guarded('scorecard', ScorecardPanel),
  memory: guarded('memory', MemoryPanel),
};

const Tab = (props: IDockviewPanelHeaderProps) => <DockviewDefaultTab {...props} hideClose />;

export function Dock() {
  const scheme = useComputedColorScheme('dark');
  return (
    <DockviewReact
      theme={scheme === 'dark' ? themeDark : themeLight}
      components={components}
      defaultTabComponent={Tab}
      onReady={({ api }) => {
        setDock(api);

        keepLayout(api);
      }}
    />
  );
}
