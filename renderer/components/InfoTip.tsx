import { ActionIcon, Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** A small sign that opens an explanation; reachable by keyboard and touch. */
export function InfoTip({ label, children, width = 300 }: { label: string; children: ReactNode; width?: number }) {
  return (
    <Popover width={width} withArrow shadow="md" position="bottom">
      <Popover.Target>
        <ActionIcon aria-label={label} size={20}>
          <Icon name="info" size={13} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown fz="sm" p="sm">
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
