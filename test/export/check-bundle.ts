/** What is wrong with a bundle by STIX 2.1, as sentences; empty for nothing. Written from the specification's tables. */
export function bundleProblems(bundle: unknown): readonly string[] {
  const problems: string[] = [];
  const objects = listAt(bundle, 'objects').filter(isObject);
  if (textAt(bundle, 'type') !== 'bundle' || !isId(textAt(bundle, 'id'), 'bundle'))
    problems.push('no bundle');
  const ids = new Set(objects.map((object) => textAt(object, 'id')));
  if (ids.size !== objects.length) problems.push('an id stands twice');
  for (const object of objects) problems.push(...objectProblems(object, ids));
  return problems;
}

type Plain = Readonly<Record<string, unknown>>;

const required: Readonly<Record<string, readonly string[]>> = {
  'marking-definition': ['created'],
  identity: ['created', 'modified', 'name'],
  location: ['created', 'modified'],
  'intrusion-set': ['created', 'modified', 'name'],
  malware: ['created', 'modified', 'is_family'],
  tool: ['created', 'modified', 'name'],
  'attack-pattern': ['created', 'modified', 'name'],
  campaign: ['created', 'modified', 'name'],
  vulnerability: ['created', 'modified', 'name'],
  report: ['created', 'modified', 'name', 'published', 'object_refs'],
  indicator: ['created', 'modified', 'pattern', 'pattern_type', 'valid_from'],
  note: ['created', 'modified', 'content', 'object_refs'],
  relationship: ['created', 'modified', 'relationship_type', 'source_ref', 'target_ref'],
};

const times = ['created', 'modified', 'published', 'valid_from', 'first_seen', 'last_seen'];

function objectProblems(object: Plain, ids: ReadonlySet<string | undefined>): readonly string[] {
  const type = textAt(object, 'type') ?? '';
  const name = `${type} ${textAt(object, 'id')}`;
  const problems: string[] = [];
  const say = (what: string): void => void problems.push(`${name}: ${what}`);
  const needed = required[type];
  if (needed === undefined) say('an unknown type');
  for (const key of needed ?? []) if (object[key] === undefined) say(`no ${key}`);
  if (!isId(textAt(object, 'id'), type)) say('a bad id');
  if (object['spec_version'] !== '2.1') say('no spec_version');
  for (const key of times) {
    const time = textAt(object, key) ?? '';
    if (object[key] !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)) {
      say(`${key} is no timestamp`);
    }
  }
  if (String(object['modified'] ?? object['created']) < String(object['created']))
    say('modified before created');
  for (const [key, value] of Object.entries(object)) {
    if (Array.isArray(value) && value.length === 0) say(`${key} is empty`);
    if (value === '' || value === null) say(`${key} has no value`);
    const refs = key.endsWith('_refs') ? listAt(object, key) : key.endsWith('_ref') ? [value] : [];
    for (const ref of refs) if (!ids.has(String(ref))) say(`${key} leads out of the bundle: ${String(ref)}`);
  }
  if (type !== 'marking-definition' && listAt(object, 'object_marking_refs').length !== 1)
    say('no one marking');
  for (const reference of listAt(object, 'external_references').filter(isObject)) {
    const { source_name, ...rest } = reference;
    if (typeof source_name !== 'string' || source_name === '' || Object.keys(rest).length === 0) {
      say('a reference without a name or without anything else');
    }
  }
  const confidence = object['confidence'];
  if (
    confidence !== undefined &&
    !(Number.isInteger(confidence) && Number(confidence) >= 0 && Number(confidence) <= 100)
  ) {
    say('confidence out of range');
  }
  const relation = textAt(object, 'relationship_type');
  if (relation !== undefined && !/^[a-z0-9-]+$/.test(relation)) say('a bad relationship type');
  return problems;
}

function isId(id: string | undefined, type: string): boolean {
  return id !== undefined && new RegExp(`^${type}--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).test(id);
}

function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list: unknown = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function textAt(value: unknown, key: string): string | undefined {
  const text: unknown = isObject(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}
