import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { attempt } from '../../app/commands.ts';
import { Icon } from '../../components/index.ts';
import { download, toCsv } from '../../format/csv.ts';
import { EXPORT_HEADER, exportJson, exportRow } from './table.ts';
import { everyListed, type Listed } from './useHistory.ts';

async function save(kind: 'csv' | 'json', asked: Listed): Promise<void> {
  const decisions = await attempt(() => everyListed(asked));
  if (!decisions) return;
  if (kind === 'csv') download('decisions.csv', 'text/csv', toCsv(EXPORT_HEADER, decisions.map(exportRow)));
  else download('decisions.json', 'application/json', exportJson(decisions));
}

/** Saves everything that the filter leaves, in the order on screen, not only the page on screen. */
export function ExportMenu({ asked, disabled }: { asked: Listed; disabled: boolean }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Save what is listed, every page">
          <ActionIcon aria-label="Save what is listed" disabled={disabled}>
            <Icon name="download" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv', asked)}>CSV</Menu.Item>
        <Menu.Item onClick={() => void save('json', asked)}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
