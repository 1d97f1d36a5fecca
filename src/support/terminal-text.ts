/** What a terminal obeys, but for the line feed and the tab: C0, DEL, C1. A return before a line feed is a line's end. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g;
/** What turns the direction of a line around, or begins one. */
const directions = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Our own colours: Select Graphic Rendition, and nothing else that begins with an escape. */
const colours = /(\u001b\[[\d;]{0,12}m)/;

/**
 * Text as it may go to a terminal: what came with data and would move the cursor, change the title or turn a line around is
 * written as `\u001b`, which is also what it is inside JSON.
 */
export function terminalText(text: string, options: { readonly colour: boolean }): string {
  if (!options.colour) return withoutControls(text);
  return text
    .split(colours)
    .map((part, index) => (index % 2 === 1 ? part : withoutControls(part)))
    .join('');
}

function withoutControls(text: string): string {
  return text.replace(controls, escaped).replace(directions, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
