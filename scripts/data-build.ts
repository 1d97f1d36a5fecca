// npm run data:build -- DIR: makes data/ out of copies of the MISP galaxy and of ATT&CK.
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BundledManifest, bundledFormat } from '../src/ingest/bundled-format.ts';
import { type Collected, collect } from './data-build/collect.ts';
import { encodeRecords } from './data-build/encode.ts';
import { noticeText } from './data-build/notice.ts';

const usage = `usage: npm run data:build -- DIR [--out FOLDER]

Reads every .json and .json.gz under DIR, keeps the newest ATT&CK bundle of each domain and the MISP galaxy
clusters of actors and software, and writes their facts to data/.
`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [folder] = positionals;
  if (folder === undefined || values.help === true) {
    process.stderr.write(usage);
    return values.help === true ? 0 : 2;
  }
  const out = values.out ?? fileURLToPath(new URL('../data/', import.meta.url));
  const collected = collect(folder, (line) => process.stderr.write(`${line}\n`));
  if (
    !collected.some(({ source }) => source.kind === 'stix') ||
    !collected.some(({ scope }) => scope === 'threat-actor')
  ) {
    process.stderr.write(
      `${folder}: expected an ATT&CK bundle and the galaxy cluster file threat-actor.json\n`,
    );
    return 2;
  }
  const manifest = writeData(out, collected);
  const bytes = manifest.files.reduce((sum, { file }) => sum + statSync(join(out, file)).size, 0);
  process.stdout.write(`${manifest.files.length} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  for (const [what, count] of Object.entries(manifest.counts)) process.stdout.write(`${count} ${what}\n`);
  return 0;
}

/** Writes the files, the manifest and the notice; files of an earlier build that are no more are removed. */
function writeData(out: string, collected: readonly Collected[]): BundledManifest {
  mkdirSync(out, { recursive: true });
  const files = collected.map(({ file, source, scope, records, from }) => {
    const text = encodeRecords(records);
    writeFileSync(join(out, file), text);
    const part = { file, source, ...(scope === undefined ? {} : { scope }), records: records.length };
    return { ...part, sha256: hash('sha256', text, 'hex'), from };
  });
  for (const name of readdirSync(out)) {
    if (name.endsWith('.jsonl') && !files.some(({ file }) => file === name)) rmSync(join(out, name));
  }
  const manifest: BundledManifest = {
    format: bundledFormat,
    hash: hash('sha256', JSON.stringify(files), 'hex'),
    files,
    counts: countsOf(collected),
  };
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(out, 'NOTICE.md'), noticeText(collected));
  return manifest;
}

function countsOf(collected: readonly Collected[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { records } of collected) {
    for (const { entity } of records) {
      const what = entity?.type ?? 'relationship';
      counts[what] = (counts[what] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

process.exitCode = main();
