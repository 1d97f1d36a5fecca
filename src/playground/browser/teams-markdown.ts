/**
 * The markdown that Teams shows in a card (bold, italic, links, lists) as HTML. Everything else is text: all of it
 * is escaped, and backslash escapes are undone, so what stands on the page is what a reader in Teams sees.
 */
export function markdownToHtml(text: string): string {
  const blocks: string[] = [];
  let items: string[] = [];
  const flush = (): void => {
    if (items.length > 0) blocks.push(`<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`);
    items = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('- ')) items.push(inlineHtml(line.slice(2)));
    else {
      flush();
      if (line.trim() !== '') blocks.push(`<p>${inlineHtml(line)}</p>`);
    }
  }
  flush();
  return blocks.join('');
}

const token =
  /\\([!-/:-@[-`{-~])|\*\*(.+?)\*\*(?!\*)|(?<![\w\\])_((?:\\.|[^_\\])+)_(?!\w)|\[((?:\\.|[^[\]\\])*)\]\((https?:\/\/[^\s()]+)\)/g;

function inlineHtml(text: string): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(token)) {
    const [all, escaped, bold, italic, label, url] = match;
    html += escapeHtml(text.slice(end, match.index));
    end = match.index + all.length;
    if (escaped !== undefined) html += escapeHtml(escaped);
    else if (bold !== undefined) html += `<strong>${inlineHtml(bold)}</strong>`;
    else if (italic !== undefined) html += `<em>${inlineHtml(italic)}</em>`;
    else if (url !== undefined) html += linkHtml(inlineHtml(label ?? ''), url);
  }
  return html + escapeHtml(text.slice(end));
}

function linkHtml(label: string, url: string): string {
  return `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
