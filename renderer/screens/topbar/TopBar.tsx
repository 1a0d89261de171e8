import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { dataOpen, judgementOpen, keysOpen, languageOpen, resetLayout } from '../../app/panels.ts';
import { Icon } from '../../components/index.ts';
import { ExpectedTime } from '../language/ExpectedTime.tsx';
import { AnalyzeButton } from './AnalyzeButton.tsx';
import { ClockControl } from './ClockControl.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { ListSelect } from './ListSelect.tsx';
import { Logo } from './Logo.tsx';
import classes from './topbar.module.css';

function ThemeToggle() {
  const scheme = useComputedColorScheme('dark');
  const { toggleColorScheme } = useMantineColorScheme();
  const label = scheme === 'dark' ? 'Light theme' : 'Dark theme';
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={toggleColorScheme} data-testid="theme-toggle">
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  );
}

function More() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="More actions">
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<span className="dim">Ctrl+K</span>} onClick={spotlight.open}>
          All actions
        </Menu.Item>
        <Menu.Item rightSection={<span className="dim">?</span>} onClick={() => keysOpen.set(true)}>
          Keys
        </Menu.Item>
        <Menu.Item onClick={() => dataOpen.set(true)} data-testid="data-sources">
          Data sources
        </Menu.Item>
        <Menu.Item onClick={() => judgementOpen.set(true)} data-testid="judgement">
          Judgement
        </Menu.Item>
        <Menu.Item onClick={() => languageOpen.set(true)} data-testid="language-settings">
          Language model
        </Menu.Item>
        <Menu.Item onClick={resetLayout}>Reset the layout</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function TopBar() {
  return (
    <header className={classes.bar}>
      <h1 className={classes.name}>
        <Logo />
        <span>Brainnet</span>
      </h1>
      <ListSelect />
      <ClockControl />
      <span className={classes.space} />
      <ExpectedTime />
      <AnalyzeButton />
      <ConnectionState />
      <ThemeToggle />
      <More />
    </header>
  );
}
