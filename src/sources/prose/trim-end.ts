/**
 * The text without blanks and without any of `marks` at its end. One step back for each, where a pattern `[…]+$` tries
 * every run of them in the text again and again.
 */
export function trimEndOf(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && (marks.includes(text.charAt(end - 1)) || text.charAt(end - 1).trim() === '')) end -= 1;
  return text.slice(0, end);
}
