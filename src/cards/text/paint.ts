import type { Badge } from '../card.ts';

/** The looks that the terminal card uses. */
export type Look = 'bold' | 'dim' | 'italic' | 'good' | 'warning' | 'attention';

const codes: Readonly<Record<Look, number>> = {
  bold: 1,
  dim: 2,
  italic: 3,
  good: 32,
  warning: 33,
  attention: 31,
};

/** Paints finished, wrapped text; leaves it as it is when colour was not asked for. */
export type Paint = (text: string, look: Look) => string;

/** ANSI painting when asked for (select graphic rendition, ECMA-48 8.3.117), else none. */
export function createPaint(color: boolean): Paint {
  return (text, look) => (color && text !== '' ? `\u001b[${codes[look]}m${text}\u001b[0m` : text);
}

export function lookOfTone(tone: Badge['tone']): Look {
  return tone === 'neutral' ? 'dim' : tone;
}
