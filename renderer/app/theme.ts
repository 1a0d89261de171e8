import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const azure: MantineColorsTuple = [
  '#e9f2ff',
  '#d0e2ff',
  '#a3c6ff',
  '#6aa6ff',
  '#4a8ff5',
  '#3580ee',
  '#2468d6',
  '#1b5cc8',
  '#154ba6',
  '#0d3a87',
];

/** Text first, then borders, controls, panels, the ground: the dark theme's tokens as Mantine's scale. */
const slate: MantineColorsTuple = [
  '#dbe1ea',
  '#b9c3d0',
  '#97a3b4',
  '#5b6a7d',
  '#364354',
  '#232c38',
  '#171e28',
  '#0f141b',
  '#0b0f15',
  '#080b10',
];

const closeButtonProps = { 'aria-label': 'Close' };
/** The header of a dialog is no banner of the page. */
const modal = {
  centered: true,
  size: 'md',
  overlayProps: { backgroundOpacity: 0.5 },
  closeButtonProps,
  attributes: { header: { role: 'presentation' } },
};

/** Dense: twelve-pixel text, small controls, square corners. */
export const theme = createTheme({
  colors: { azure, dark: slate },
  primaryColor: 'azure',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--bn-sans)',
  fontFamilyMonospace: 'var(--bn-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 3,
  cursorType: 'pointer',
  components: {
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 280, openDelay: 300, fz: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 26 } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
    Modal: { defaultProps: modal },
    Notification: { defaultProps: { closeButtonProps } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--bn-panel)',
  '--mantine-color-text': 'var(--bn-text)',
  '--mantine-color-dimmed': 'var(--bn-dim)',
  '--mantine-color-default': 'var(--bn-raised)',
  '--mantine-color-default-hover': 'var(--bn-hover)',
  '--mantine-color-default-color': 'var(--bn-text)',
  '--mantine-color-default-border': 'var(--bn-line-strong)',
  '--mantine-color-placeholder': 'var(--bn-dim)',
  '--mantine-color-anchor': 'var(--bn-accent)',
  '--mantine-color-error': 'var(--bn-down)',
};

/** Mantine's roles drawn from the tokens of tokens.css, so that one file decides the colours. */
export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
