/** Wide in a terminal: East Asian wide and full-width forms, and emoji (Unicode Standard Annex 11). */
const wide =
  /[\u1100-\u115f\u2e80-\u3029\u3030-\u303e\u3041-\u3098\u309b-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f3fa}\u{1f400}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const noWidth = /\p{Mn}|\p{Me}|\u200c|\u200d|[\u{1f3fb}-\u{1f3ff}]/u;
const asciiOnly = /^[\x20-\x7e]*$/;

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  if (asciiOnly.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Ends of a text's lines, broken at spaces; a word longer than the line is broken where the line ends. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(/(?<=\s)(?=\S)/)) {
    for (const piece of breakWord(word, width)) {
      const size = columnsOf(piece.trimEnd());
      if (columns > 0 && columns + size > width) {
        lines.push(line.trimEnd());
        line = '';
        columns = 0;
      }
      line += piece;
      columns += columnsOf(piece);
    }
  }
  return [...lines, line.trimEnd()];
}

function breakWord(word: string, width: number): readonly string[] {
  if (word.length * 2 <= width || columnsOf(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let columns = 0;
  for (const character of word) {
    const size = columnsOf(character);
    if (columns + size > width) {
      pieces.push(piece);
      piece = '';
      columns = 0;
    }
    piece += character;
    columns += size;
  }
  return [...pieces, piece];
}
