import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

function uuid(group: number, index: number): string {
  return `00000000-0000-4000-8${group.toString(16).padStart(3, '0')}-${index.toString(16).padStart(12, '0')}`;
}

const common = {
  spec_version: '2.1',
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
};

/** Actors, malware, relationships between them, and reports with indicators; `chars` of words in each description. */
function* stixObjects(count: number, chars: number): Generator<object> {
  const actors = Math.ceil(count / 10);
  const words = 'made-up words that say nothing of anybody, only to fill a description '
    .repeat(Math.ceil(chars / 70))
    .slice(0, chars);
  for (let index = 0; index < count; index += 1) {
    const description = `${words} ${index}`;
    const part = index % 10;
    const number = Math.floor(index / 10);
    if (part === 0) {
      yield {
        ...common,
        type: 'intrusion-set',
        id: `intrusion-set--${uuid(1, number)}`,
        name: `Made-up group ${number}`,
        aliases: [`Made-up group ${number}`, `Paper tiger ${number}`],
        description,
      };
    } else if (part === 1) {
      yield {
        ...common,
        type: 'malware',
        id: `malware--${uuid(2, number)}`,
        name: `Made-up tool ${number}`,
        is_family: true,
        description,
      };
    } else if (part === 2) {
      const refs = [3, 4].map((other) => `indicator--${uuid(3, number * 10 + other)}`);
      yield {
        ...common,
        type: 'report',
        id: `report--${uuid(4, number)}`,
        name: `Made-up report ${number}`,
        published: common.created,
        object_refs: [`intrusion-set--${uuid(1, number)}`, ...refs],
        description,
      };
    } else if (part < 5) {
      yield {
        ...common,
        type: 'indicator',
        id: `indicator--${uuid(3, index)}`,
        pattern: `[domain-name:value = 'host-${index}.example.org']`,
        pattern_type: 'stix',
        valid_from: common.created,
        description,
      };
    } else {
      yield {
        ...common,
        type: 'relationship',
        id: `relationship--${uuid(5, index)}`,
        relationship_type: 'uses',
        source_ref: `intrusion-set--${uuid(1, (number * 7 + part) % actors)}`,
        target_ref: `malware--${uuid(2, number)}`,
        description,
      };
    }
  }
}

/** Writes a bundle of made-up objects, a megabyte at a time. */
export function writeBundle(path: string, count: number, descriptionChars: number): void {
  const file = openSync(path, 'w');
  writeSync(file, `{"type":"bundle","id":"bundle--${uuid(0, 1)}","objects":[`);
  let pending: string[] = [];
  let chars = 0;
  let isFirst = true;
  const flush = (): void => {
    writeSync(file, `${isFirst ? '' : ','}${pending.join(',')}`);
    isFirst = false;
    pending = [];
    chars = 0;
  };
  for (const object of stixObjects(count, descriptionChars)) {
    const text = JSON.stringify(object);
    pending.push(text);
    chars += text.length;
    if (chars > 1_000_000) flush();
  }
  if (pending.length > 0) flush();
  writeSync(file, ']}');
  closeSync(file);
}

/** ATT&CK Enterprise of the corpus, laid out as its publisher lays it out: 46 MB. */
export function writeEnterprise(path: string, corpus: string): void {
  const name = 'mitre-attack/enterprise-attack-18.1.stix20.assembled.json.gz';
  const bundle: unknown = JSON.parse(gunzipSync(readFileSync(join(corpus, name))).toString('utf8'));
  writeFileSync(path, JSON.stringify(bundle, null, 4));
}

/** A folder of MISP events with so many attributes each. */
export function writeMispEvents(folder: string, events: number, attributes: number): void {
  mkdirSync(folder);
  for (let event = 0; event < events; event += 1) {
    const content = {
      Event: {
        uuid: uuid(6, event),
        info: `Made-up event ${event}`,
        date: '2026-01-01',
        timestamp: String(1_767_225_600 + event),
        published: true,
        Orgc: { name: 'Made-up CERT', uuid: uuid(7, 1) },
        Tag: [{ name: 'tlp:green' }, { name: 'misp-galaxy:threat-actor="Sofacy"' }],
        Attribute: Array.from({ length: attributes }, (_, index) => ({
          uuid: uuid(8, event * attributes + index),
          type: index % 2 === 0 ? 'domain' : 'sha256',
          category: index % 2 === 0 ? 'Network activity' : 'Payload delivery',
          to_ids: true,
          value:
            index % 2 === 0
              ? `host-${event}-${index}.example.org`
              : (event * attributes + index).toString(16).padStart(64, '0'),
          comment: `made up for event ${event}`,
          timestamp: String(1_767_225_600 + index),
        })),
      },
    };
    writeFileSync(join(folder, `${uuid(6, event)}.json`), JSON.stringify(content));
  }
}
