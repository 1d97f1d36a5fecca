/** An http or https address, normalised by the URL standard and without credentials; undefined for anything else. */
export function parseWebAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2048 || !/^https?:\/\//i.test(trimmed)) return undefined;
  try {
    const url = new URL(trimmed);
    if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
    return trimmed.includes(' ') ? url.href : trimmed;
  } catch {
    return undefined;
  }
}
