import type { Connection } from '../domain/connection.ts';
import { importerOf, importers } from '../sources/registry.ts';
import { presetNamed, presets } from './presets.ts';
import { connectors, connectorOf as registered } from './registry.ts';
import { type KeyPlaces, resolveKey } from './resolve-key.ts';
import type { Connector } from './types.ts';
import { parseSchedule } from './when.ts';

/** What an operator asks for; what is absent comes from the preset of that name, or from the defaults. */
export type ConnectionDraft = Pick<Connection, 'name'> & Partial<Connection>;

export type DraftReading =
  | { readonly ok: true; readonly connection: Connection; readonly warnings: readonly string[] }
  /** Each a sentence with the remedy, without secrets. */
  | { readonly ok: false; readonly problems: readonly string[] };

const defaultEvery = '6h';
const defaultKind = 'url';

/** Checks everything that can be checked without asking the server, and fills in what was left out. */
export function readDraft(
  draft: ConnectionDraft,
  keys: KeyPlaces,
  connectorOf: (kind: string) => Connector | undefined = registered,
): DraftReading {
  const filled = fillDraft(draft);
  if ('problem' in filled) return { ok: false, problems: [filled.problem] };
  const { connection } = filled;
  const connector = connectorOf(connection.kind);
  const problems = [
    ...nameProblems(connection),
    ...(connector === undefined ? [unknownKind(connection.kind)] : optionProblems(connection, connector)),
    ...urlProblems(connection),
    ...scheduleProblems(connection),
    ...keyProblems(connection, keys),
    ...hostProblems(connection),
    ...formatProblems(connection),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const url = new URL(connection.url).href;
  return { ok: true, connection: { ...connection, url }, warnings: warningsFor(connection, keys) };
}

function fillDraft(draft: ConnectionDraft): { connection: Connection } | { problem: string } {
  const preset = presetNamed(draft.name);
  const usesPreset =
    preset !== undefined && (draft.kind ?? preset.connection.kind) === preset.connection.kind;
  const base = usesPreset ? { marking: preset.marking, ...preset.connection } : {};
  const { url } = { ...base, ...draft };
  if (url === undefined) {
    const names = presets.map(({ name }) => name).join(', ');
    return {
      problem: `"${shown(draft.name)}" is no source that comes ready-made; give its --url, or take one of: ${names}`,
    };
  }
  const kind = draft.kind ?? (usesPreset ? preset.connection.kind : defaultKind);
  const connection: Connection = {
    every: defaultEvery,
    ...base,
    // Names that documents give themselves, by their file's name at worst, may be anybody's; presets are known.
    ...(usesPreset ? {} : { sourceName: draft.name }),
    ...draft,
    kind,
    url,
    ...(draft.options === undefined
      ? {}
      : { options: { ...(usesPreset ? preset.connection.options : {}), ...draft.options } }),
  };
  return { connection };
}

const namePattern = /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/;

function nameProblems({ name, sourceName }: Connection): readonly string[] {
  const rule = 'use up to 63 lower-case letters, digits, dots and hyphens, such as acme-misp';
  return [
    ...(namePattern.test(name) ? [] : [`"${shown(name)}" cannot be a name; ${rule}`]),
    ...(sourceName === undefined || namePattern.test(sourceName)
      ? []
      : [`--source: "${shown(sourceName)}" cannot be a name; ${rule}`]),
  ];
}

function unknownKind(kind: string): string {
  const known = connectors.map((one) => `${one.kind} (${one.title})`).join(', ');
  return `--kind: "${shown(kind)}" is not known; known: ${known}`;
}

function optionProblems({ options = {} }: Connection, connector: Connector): readonly string[] {
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(connector.options, name));
  const known = Object.keys(connector.options).join(', ') || 'none';
  const wrong = connector.checkOptions?.(options);
  return [
    ...unknown.map((name) => `--option: ${connector.kind} has no option "${shown(name)}"; it has: ${known}`),
    ...(wrong === undefined ? [] : [`--option: ${wrong}`]),
  ];
}

const secretParameter =
  /^(?:[\w-]*[_-])?(?:api_?key|key|token|access_?token|secret|password|passwd|pwd|signature|sig|auth)$/i;

/** None of the messages repeats the address: it may hold a secret. */
function urlProblems({ url, options = {} }: Connection): readonly string[] {
  if (!URL.canParse(url))
    return ['--url: this is no address; write one such as https://example.org/feed.json'];
  const { protocol, username, password, searchParams, hash } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return ['--url: only http and https addresses are fetched; for files there is "threatbrief ingest"'];
  }
  if (username !== '' || password !== '') {
    return [
      '--url: the address holds a user or a password; leave them out, and give --user NAME and --key-env VARIABLE (the variable holds the password)',
    ];
  }
  const fragment = new URLSearchParams(hash.slice(1));
  const inUrl = secretParameterIn([...searchParams.keys(), ...fragment.keys()]);
  return [
    ...(inUrl === undefined ? [] : [secretProblem('--url', inUrl)]),
    ...Object.entries(options).flatMap(([name, value]) => optionSecrets(name, value, url)),
  ];
}

/** Options hold addresses too, such as the paths of a kind that reads several. */
function optionSecrets(name: string, value: string, url: string): readonly string[] {
  for (const word of value.split(/\s+/)) {
    if (!/[?#@]/.test(word) || !URL.canParse(word, url)) continue;
    const { username, password, searchParams, hash } = new URL(word, url);
    if (username !== '' || password !== '') {
      return [
        `--option ${name}: an address holds a user or a password; leave them out, and give --user NAME and --key-env VARIABLE (the variable holds the password)`,
      ];
    }
    const found = secretParameterIn([...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()]);
    if (found !== undefined) return [secretProblem(`--option ${name}`, found)];
  }
  return [];
}

function secretParameterIn(names: readonly string[]): string | undefined {
  return names.find((name) => secretParameter.test(name));
}

function secretProblem(where: string, parameter: string): string {
  return `${where}: the parameter "${shown(parameter)}" looks like a secret; leave it out, put its value into an environment variable, and give --key-env VARIABLE`;
}

function scheduleProblems({ every }: Connection): readonly string[] {
  const reading = parseSchedule(every);
  return reading.ok ? [] : [`--every: ${reading.problem}`];
}

/** Variables that begin so are settings of the program itself, and unknown ones are refused at its start. */
const ownPrefix = /^(?:SLACK_|TEAMS_|DIGEST_|THREATBRIEF_)/;

function keyProblems({ keyEnv, user }: Connection, { env }: KeyPlaces): readonly string[] {
  if (keyEnv === undefined) {
    return user === undefined ? [] : ['--user: give --key-env VARIABLE too, which holds the password'];
  }
  const isSet = env[keyEnv] !== undefined || env[`${keyEnv}_FILE`] !== undefined;
  const isKeyItself = !isSet && /^[A-Za-z0-9+/=-]{24,}$/.test(keyEnv);
  if (isKeyItself || !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(keyEnv)) {
    return ['--key-env: give the name of an environment variable, such as ACME_KEY, not the key itself'];
  }
  if (ownPrefix.test(keyEnv)) {
    return [
      `--key-env: ${keyEnv} begins like a setting of threatbrief; choose another name, such as ACME_KEY`,
    ];
  }
  return keyEnv.endsWith('_FILE')
    ? [`--key-env: give ${keyEnv.slice(0, -'_FILE'.length)}; a variable ${keyEnv} is then read as well`]
    : [];
}

function hostProblems({ allowedHosts = [] }: Connection): readonly string[] {
  return allowedHosts
    .filter(
      (host) => !/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host),
    )
    .map(
      (host) =>
        `--allow-host: "${shown(host)}" is no host; write example.org or example.org:8443, without https://`,
    );
}

const maxMappingChars = 65_536;

function formatProblems({ format, mapping = '' }: Connection): readonly string[] {
  const known = importers.map(({ kind }) => kind).join(', ');
  return [
    ...(format === undefined || importerOf(format) !== undefined
      ? []
      : [`--format: "${shown(format)}" is not known; known: ${known}`]),
    ...(mapping.length <= maxMappingChars
      ? []
      : ['--mapping: the file is larger than 64 KB; no mapping is that long']),
  ];
}

function warningsFor(connection: Connection, keys: KeyPlaces): readonly string[] {
  const { keyEnv, allowPrivate = false } = connection;
  const { protocol, hostname } = new URL(connection.url);
  const key = resolveKey(connection, keys);
  return [
    ...(key.ok ? [] : [`${key.problem}; the sync fails until then`]),
    ...(keyEnv !== undefined && protocol === 'http:'
      ? ['the key goes over http, readable for anyone on the way']
      : []),
    ...(!allowPrivate && isLocalName(hostname)
      ? [`${hostname} is an address of this machine; fetching from it takes --allow-private`]
      : []),
  ];
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** For messages: a part of what was typed. */
function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
