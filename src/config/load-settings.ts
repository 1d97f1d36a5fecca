import { AppError } from '../support/app-error.ts';
import { checkTogether } from './check-together.ts';
import { nearestName } from './nearest.ts';
import type { AnySetting } from './setting.ts';
import { type Settings, settingDefinitions } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One or more settings cannot be used. The message has a line for each, and says what to do. Exit code 2. */
export class SettingsError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('settings', problems.join('\n'), { facts: { problems: problems.length }, exitCode: 2 });
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/**
 * Reads all settings from an environment; `readFile` reads the files that `NAME_FILE` variables name. A variable
 * that is empty counts as absent. Throws `SettingsError` with every problem at once.
 */
export function loadSettings(env: Environment, readFile: (path: string) => string): Settings {
  const problems = unknownVariables(env);
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settingDefinitions)) {
    const reading = readSetting(setting, env, readFile);
    if ('problem' in reading) problems.push(reading.problem);
    else values[name] = reading.value;
  }
  if (problems.length > 0) throw new SettingsError(problems);
  // Every name of the table has got a value of its schema.
  const settings = values as Settings;
  const conflicts = checkTogether(settings, (name) => isGiven(settingDefinitions[name], env));
  if (conflicts.length > 0) throw new SettingsError(conflicts);
  return settings;
}

type Reading = { readonly value: unknown } | { readonly problem: string };

function readSetting(setting: AnySetting, env: Environment, readFile: (path: string) => string): Reading {
  const given = readText(setting.env, env, readFile);
  if ('problem' in given) return given;
  if (given.text === undefined) return { value: setting.default };
  const result = setting.schema.safeParse(given.text);
  if (result.success) return { value: result.data };
  const shown = setting.secret ? 'a value that is not shown here' : quoted(given.text);
  return { problem: `${given.from} is ${shown}; accepted: ${setting.accepts}` };
}

type Given = { readonly text: string | undefined; readonly from: string } | { readonly problem: string };

function readText(name: string, env: Environment, readFile: (path: string) => string): Given {
  const direct = textOf(env[name]);
  const fileName = `${name}_FILE`;
  const file = textOf(env[fileName]);
  if (file === undefined) return { text: direct, from: name };
  if (direct !== undefined) return { problem: `${name} and ${fileName} are both set; keep one of them` };
  try {
    const text = textOf(readFile(file));
    if (text !== undefined) return { text, from: `${name} (in the file of ${fileName})` };
    return { problem: `${fileName} names ${quoted(file)}, which is empty; write the value into it` };
  } catch (error) {
    return { problem: `${fileName} names ${quoted(file)}, which cannot be read (${reasonOf(error)})` };
  }
}

function textOf(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

function isGiven(setting: AnySetting, env: Environment): boolean {
  return textOf(env[setting.env]) !== undefined || textOf(env[`${setting.env}_FILE`]) !== undefined;
}

const ownPrefixes = ['SLACK_', 'TEAMS_', 'DIGEST_', 'THREATBRIEF_'];
/** Set by the launcher and by the tests, for one another. */
const internalName = /^THREATBRIEF_(?:LAUNCHED$|TEST_)/;

function unknownVariables(env: Environment): string[] {
  const names = Object.values(settingDefinitions).map(({ env: name }) => name);
  const fileNames = names.map((name) => `${name}_FILE`);
  const known = new Set([...names, ...fileNames]);
  return Object.keys(env)
    .filter((name) => ownPrefixes.some((prefix) => name.startsWith(prefix)))
    .filter((name) => !known.has(name) && !internalName.test(name))
    .sort()
    .map((name) => {
      const near = nearestName(name, /_FI\w{0,40}$/.test(name) ? fileNames : names);
      return near === undefined
        ? `${name} is no setting of threatbrief; remove it, or see the configuration table for the right name`
        : `${name} is no setting of threatbrief; did you mean ${near}?`;
    });
}

const maxShownChars = 80;

function quoted(text: string): string {
  return JSON.stringify(text.length > maxShownChars ? `${text.slice(0, maxShownChars)}…` : text);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
