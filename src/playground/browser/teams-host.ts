import type { Theme } from './preferences.ts';

interface Palette {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly emphasis: string;
  readonly line: string;
}

/** Colours of Teams' own themes, near enough to judge a card by. */
const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    text: '#242424',
    subtle: '#616161',
    accent: '#4f52b2',
    good: '#0e700e',
    warning: '#8a5a00',
    attention: '#b10e1c',
    emphasis: '#f5f5f5',
    line: '#e0e0e0',
  },
  dark: {
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#a6a7ff',
    good: '#54b054',
    warning: '#f7b955',
    attention: '#f1707b',
    emphasis: '#292929',
    line: '#525252',
  },
};

/** The host configuration of an Adaptive Card as Teams has it (fonts, sizes, spacing, colours). */
export function teamsHost(theme: Theme): object {
  const palette = palettes[theme];
  const color = (value: string): object => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: palette.text, subtle: palette.subtle },
    accent: color(palette.accent),
    good: color(palette.good),
    warning: color(palette.warning),
    attention: color(palette.attention),
  };
  return {
    fontFamily: 'inherit',
    supportsInteractivity: true,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    spacing: { small: 6, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 14 },
    separator: { lineThickness: 1, lineColor: palette.line },
    actions: {
      maxActions: 5,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 8 },
    },
    containerStyles: {
      default: { backgroundColor: 'transparent', foregroundColors },
      emphasis: { backgroundColor: palette.emphasis, foregroundColors },
    },
    factSet: {
      title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, maxWidth: 150 },
      value: { color: 'default', size: 'default', weight: 'default', wrap: true },
      spacing: 12,
    },
  };
}
