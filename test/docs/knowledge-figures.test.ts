import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = 'docs/knowledge-figures.md';
const folder = 'test/knowledge/golden/';

type Figures = Readonly<Record<string, unknown>>;

/** The recorded figures as one table: a row for each count, bundled and with the corpus. */
function table(): string {
  const [bundled, corpus] = ['bundled', 'corpus'].map((name) => flat(read(`${folder}${name}.json`)));
  const rows = [...new Set([...(bundled?.keys() ?? []), ...(corpus?.keys() ?? [])])];
  const cell = (figures: ReadonlyMap<string, number> | undefined, key: string): string =>
    String(figures?.get(key) ?? 0).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return [
    '| | bundled | with the corpus |',
    '| --- | ---: | ---: |',
    ...rows.map((key) => `| ${key} | ${cell(bundled, key)} | ${cell(corpus, key)} |`),
  ].join('\n');
}

function read(path: string): Figures {
  return JSON.parse(readFileSync(path, 'utf8')) as Figures;
}

/** Every number of the figures under its path; lists by their length, sources and single texts left out. */
function flat(figures: Figures): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number') found.set(path, value);
    else if (Array.isArray(value)) found.set(path, value.length);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'sources' || key === 'top') continue;
        walk(item, path === '' ? key : `${path}: ${key}`);
      }
    }
  };
  walk(figures, '');
  return found;
}

it('docs/knowledge-figures.md holds the figures that the tests compare', () => {
  const pattern = /(<!-- figures:begin -->\n)[\s\S]*?(<!-- figures:end -->)/;
  expect(existsSync(page)).toBe(true);
  const text = readFileSync(page, 'utf8');
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, text.replace(pattern, `$1${table()}\n$2`));

  expect(pattern.exec(readFileSync(page, 'utf8'))?.[0]).toContain(`\n${table()}\n`);
});
