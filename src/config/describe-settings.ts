import type { AnySetting } from './setting.ts';
import { type Settings, settingDefinitions } from './settings.ts';

/** The configuration table of the documentation, in markdown, with a heading for each group. */
export function settingsTable(): string {
  const settings: readonly AnySetting[] = Object.values(settingDefinitions);
  const groups = [...new Set(settings.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = settings.filter((setting) => setting.group === group).map(tableRow);
      return [
        `#### ${group}`,
        '',
        '| variable | default | what it does | accepted |',
        '|---|---|---|---|',
        ...rows,
        '',
      ].join('\n');
    })
    .join('\n');
}

function tableRow(setting: AnySetting): string {
  const value = setting.default === undefined ? '' : `\`${defaultText(setting.default)}\``;
  const cells = [`\`${setting.env}\``, value, setting.help, setting.accepts];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultText(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

/** The values that must never be shown, for the log to hide wherever they turn up. */
export function secretValues(settings: Settings): readonly string[] {
  const secrets: string[] = [];
  for (const [name, setting] of Object.entries(settingDefinitions)) {
    const value: unknown = Reflect.get(settings, name);
    if (setting.secret && typeof value === 'string') secrets.push(value, ...passwordOf(value));
    if (name === 'encryptionKey' && typeof value === 'string') secrets.push(...value.split(','));
  }
  return secrets;
}

/** The password inside an address, as it is written there and as it is meant. */
function passwordOf(value: string): readonly string[] {
  if (!URL.canParse(value)) return [];
  const { password } = new URL(value);
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
