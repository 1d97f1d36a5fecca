import { describe, expect, it } from 'vitest';
import { type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { toStixBundle } from '../../src/export/stix.ts';
import { stixPattern } from '../../src/export/stix-pattern.ts';
import { stixImporter } from '../../src/sources/stix/index.ts';
import { ids } from '../helpers/knowledge.ts';
import { readWith } from '../sources/read-document.ts';
import { bundleProblems } from './check-bundle.ts';
import { collected } from './world.ts';

async function bundleOf(id: string, ceiling: Tlp): Promise<ReturnType<typeof toStixBundle>['bundle']> {
  return toStixBundle(await collected(id, ceiling)).bundle;
}

describe('a STIX export', () => {
  it.each(Object.keys(ids).flatMap((name) => tlpLevels.map((tlp) => [name, tlp] as const)))(
    'of %s for %s is valid STIX 2.1, wherever the thing is known',
    async (name, tlp) => {
      const id = Object.entries(ids).find(([key]) => key === name)?.[1] ?? '';
      const found = await collected(id, tlp).catch(() => undefined);
      if (found === undefined) return expect(name).toMatch(/report/i);

      expect(bundleProblems(JSON.parse(JSON.stringify(toStixBundle(found).bundle)))).toEqual([]);
    },
  );

  it('is the same each time', async () => {
    expect(await bundleOf(ids.actor, 'amber')).toEqual(await bundleOf(ids.actor, 'amber'));
  });

  it('marks each object with the TLP 2.0 marking of what it says', async () => {
    const { objects } = await bundleOf(ids.actor, 'amber');

    const marked = objects
      .filter(({ type }) => type === 'relationship')
      .map((one) => [one['relationship_type'], one['object_marking_refs']]);

    expect(marked).toContainEqual(['uses', ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487']]);
    expect(marked).toContainEqual([
      'originates-from',
      ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'],
    ]);
    expect(
      objects.find(({ id }) => id === 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'),
    ).toMatchObject({
      name: 'TLP:AMBER',
      extensions: {
        'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
          extension_type: 'property-extension',
          tlp_2_0: 'amber',
        },
      },
    });
  });

  it('has nothing above its ceiling, and counts what that keeps back', async () => {
    const found = await collected(ids.actor, 'green');
    const text = JSON.stringify(toStixBundle(found).bundle);

    expect(text).not.toMatch(/Quiet herons|quiet\.example|192\.0\.2\.7|Russia|Delta exchange/);
    expect(text).toContain("[domain-name:value = 'heron.example']");
    expect(found.withheld).toEqual({ count: expect.any(Number), highest: 'amber' });
    expect(found.withheld.count).toBeGreaterThan(1);
  });

  it('names a reference for every source, and who says what', async () => {
    const { objects } = await bundleOf(ids.actor, 'green');

    const actor = objects.find(({ id }) => id === ids.actor);
    expect(actor?.['external_references']).toEqual(
      expect.arrayContaining([
        { source_name: 'mitre-attack', external_id: 'G9001' },
        expect.objectContaining({ source_name: 'Alpha Framework' }),
        expect.objectContaining({ source_name: 'Gamma notes', url: 'https://delta.example/apt900' }),
      ]),
    );
    const uses = objects.find(({ target_ref }) => target_ref === ids.door && true);
    expect(uses).toMatchObject({
      relationship_type: 'uses',
      external_references: [{ source_name: 'Alpha Framework', url: 'https://delta.example/herondoor' }],
    });
  });

  it('comes back through our own importer with what it said', async () => {
    const { records, rejections } = readWith(stixImporter, await bundleOf(ids.actor, 'amber'), 'apt900.json');

    expect(rejections).toEqual([]);
    const actor = records.find(({ entity }) => entity?.id === ids.actor);
    expect(actor?.claims).toContainEqual(
      expect.objectContaining({ predicate: 'alias', text: 'Shared Name' }),
    );
    const claims = records.flatMap((record) => record.claims);
    expect(claims).toContainEqual(
      expect.objectContaining({ predicate: 'uses', target: expect.objectContaining({ id: ids.door }) }),
    );
    expect(claims).toContainEqual(expect.objectContaining({ predicate: 'attributed-to', country: 'IR' }));
    expect(claims).toContainEqual(expect.objectContaining({ predicate: 'targets-region', country: 'DE' }));
    expect(
      records
        .flatMap(({ indicators = [] }) => indicators)
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['192.0.2.7', 'heron.example', 'heron.example', 'quiet.example']);
  });
});

describe('the pattern of an indicator', () => {
  const one = (type: string, value: string): string | undefined =>
    stixPattern({ type, value, lookupValues: [] });

  it.each([
    ['domain', 'a.example', "[domain-name:value = 'a.example']"],
    ['ip-dst', '192.0.2.7', "[ipv4-addr:value = '192.0.2.7']"],
    ['ip-src', '2001:db8::1', "[ipv6-addr:value = '2001:db8::1']"],
    ['ip-dst|port', '192.0.2.7|443', "[ipv4-addr:value = '192.0.2.7' AND network-traffic:dst_port = 443]"],
    ['filename|sha256', 'a|b.exe|00ff', "[file:name = 'a|b.exe' AND file:hashes.'SHA-256' = '00ff']"],
    ['filename', "C:\\it's.exe", "[file:name = 'C:\\\\it\\'s.exe']"],
    ['url', "http://a.example/?q=' OR 1", "[url:value = 'http://a.example/?q=\\' OR 1']"],
  ])('of type %s with %s is %s', (type, value, pattern) => {
    expect(one(type, value)).toBe(pattern);
  });

  it.each([
    ['yara', 'rule x {}'],
    ['domain|ip', 'a.example'],
    ['filename|md5', '|'],
    ['constructor', 'x'],
  ])('is none for %s with %s', (type, value) => {
    expect(one(type, value)).toBeUndefined();
  });
});
