import { expect, it } from 'vitest';
import { readDocument } from '../../src/ingest/read-document.ts';
import { clearEvent, createCanaries } from '../e2e/leak-fixtures.ts';
import { atom, json, rss } from '../sources/web-feed/feeds.ts';
import { slowTexts } from './growth.ts';
import { units } from './units.ts';

const uuid = '00000000-0000-4000-8000-000000000001';
const timed = { created: '2024-01-01T00:00:00Z', modified: '2024-01-01T00:00:00Z', spec_version: '2.1' };
const event = JSON.stringify(clearEvent(createCanaries()));
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u0000', '');

/** Where a stranger's long text may stand in a document of each format: in its fields, and as the document itself. */
const documents: readonly (readonly [name: string, kind: string, documentOf: (text: string) => string])[] = [
  [
    'STIX, descriptions',
    'stix',
    (text) => stix({ type: 'intrusion-set', name: 'APT901', description: text }),
  ],
  ['STIX, names and aliases', 'stix', (text) => stix({ type: 'intrusion-set', name: text, aliases: [text] })],
  [
    'STIX, reports',
    'stix',
    (text) =>
      stix({ type: 'report', name: text, description: text, published: timed.created, object_refs: [] }),
  ],
  [
    'STIX, patterns',
    'stix',
    (pattern) => stix({ type: 'indicator', pattern, pattern_type: 'stix', valid_from: timed.created }),
  ],
  [
    'MISP events',
    'misp-event',
    (text) => event.replace(/"info":"[^"]*"/, () => `"info":${JSON.stringify(text)}`),
  ],
  [
    'MISP galaxies',
    'misp-galaxy',
    (text) =>
      JSON.stringify({
        type: 'threat-actor',
        version: 1,
        values: [
          {
            uuid,
            value: 'APT901',
            description: text,
            meta: { synonyms: [text], country: text, refs: [text] },
          },
        ],
      }),
  ],
  [
    'reports in Markdown',
    'markdown-report',
    (text) => `# APT901 in the open\n\n${text}\n\n## Indicators\n\n- ${text}\n`,
  ],
  [
    'tables in Markdown',
    'markdown-report',
    (text) => `# APT901\n\n| Type | Value |\n|---|---|\n| domain | ${text} |\n`,
  ],
  ['front matter', 'markdown-report', (text) => `---\ntitle: x\n${text}\n---\n# APT901\n`],
  [
    'profiles in Markdown',
    'markdown-profile',
    (text) => `# APT901\n\n**OVERVIEW:** ${text}\n\n**Also Known As**\n${text}\n`,
  ],
  [
    'RSS',
    'web-feed',
    (text) =>
      rss(
        `<item><title>${escapeXml(text)}</title><link>https://a.example/</link><description>${escapeXml(text)}</description></item>`,
      ),
  ],
  ['RSS, its frame', 'web-feed', (text) => rss(text.replaceAll('\u0000', ''))],
  [
    'Atom',
    'web-feed',
    (text) =>
      atom(
        `<entry><title>a</title><id>urn:x:1</id><updated>2026-03-03T10:00:00Z</updated><content type="html">${escapeXml(text)}</content></entry>`,
      ),
  ],
  [
    'JSON Feed',
    'web-feed',
    (text) => json([{ id: '1', url: 'https://a.example/', title: text, content_html: text }]),
  ],
  ['XML that is no feed', 'web-feed', (text) => `<!DOCTYPE ${text}`],
  [
    'tables',
    'csv',
    (text) => `Threat Actor,Aliases,Country\nVelvet Heron,"${text.replaceAll('"', '""')}",${text}\n`,
  ],
  ['tables, their head', 'csv', (text) => `${text}\nVelvet Heron,Reed\n`],
];

it.each(documents)(
  '%s: no long text takes time with its square',
  async (_, kind, documentOf) => {
    const slow = await slowTexts((text) => readWhole(documentOf(text), kind), units);

    expect(slow).toEqual([]);
  },
  180_000,
);

it('a document of any format: no long text takes time with its square', async () => {
  expect(await slowTexts((text) => readWhole(text), units)).toEqual([]);
}, 180_000);

function stix(object: object): string {
  const { type } = object as { readonly type: string };
  return JSON.stringify({
    type: 'bundle',
    id: `bundle--${uuid}`,
    objects: [{ id: `${type}--${uuid}`, ...timed, ...object }],
  });
}

function readWhole(text: string, kind?: string): number {
  const bytes = Buffer.from(text.toWellFormed());
  const job = {
    place: 'folder/document',
    bytes,
    maxBytes: 8_000_000,
    ...(kind === undefined ? {} : { kind }),
  };
  let items = 0;
  for (const item of readDocument(job)) if (item.kind === 'record') items += 1;
  return items;
}
