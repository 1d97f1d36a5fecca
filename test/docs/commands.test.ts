import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingDefinitions } from '../../src/config/settings.ts';
import { run } from '../cli/fake-runtime.ts';

const pages = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  ...globSync('docs/*.md'),
  ...globSync('src/**/README.md'),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

interface Written {
  readonly path: string;
  readonly words: readonly string[];
}

/** Command lines as they stand in code blocks (indented, fenced) and in backquotes. */
function commandsIn({ path, text }: (typeof pages)[number]): readonly Written[] {
  const lines = text.match(/^(?: {4,}|)(?:\w+=\S+ )*npx threatbrief .*$/gm) ?? [];
  const inline = [...text.matchAll(/`((?:npx )?threatbrief [^`\n]+)`/g)].map(([, code = '']) => code);
  const fenced = [...text.matchAll(/```\w*\n([\s\S]*?)\n```/g)].map(([, code = '']) => code);
  const bare = fenced.flatMap((code) => code.match(/^threatbrief .*$/gm) ?? []);
  return [...lines, ...inline, ...bare].map((line) => ({
    path,
    words: line
      .replace(/^(?:.*\bnpx )?threatbrief /, '')
      .replace(/\s#.*$/, '')
      .split(/\s+/),
  }));
}

const helps = new Map<string, Promise<string>>();

function helpOf(...words: readonly string[]): Promise<string> {
  const key = words.join(' ');
  const known = helps.get(key) ?? run([...words, '--help']).then(({ out }) => out);
  helps.set(key, known);
  return known;
}

async function commandsOf(...words: readonly string[]): Promise<readonly string[]> {
  const [, list = ''] = (await helpOf(...words)).split('\nCommands:\n');
  return [...(list.split('\n\n', 1)[0] ?? '').matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);
}

/** What is wrong with a command line of the documents; undefined for one that could be run. */
async function problemOf({ words }: Written): Promise<string | undefined> {
  const [command = '', second = ''] = words;
  if (command.startsWith('-') || command === 'COMMAND') return undefined;
  if (!(await commandsOf()).includes(command)) return `no command ${command}`;
  const own = await commandsOf(command);
  const path = own.includes(second) ? [command, second] : [command];
  if (own.length > 0 && second !== '' && path.length === 1 && !second.startsWith('-')) {
    return `no command ${command} ${second}`;
  }
  const help = await helpOf(...path);
  const options = words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.replace(/[^a-z-].*$/, ''));
  const unknown = options.filter((option) => option !== '--help' && !help.includes(option));
  return unknown.length === 0 ? undefined : `${path.join(' ')} has no ${unknown.join(', ')}`;
}

describe('the documents', () => {
  it('write only command lines whose commands and options exist', async () => {
    const all = pages.flatMap(commandsIn);
    const problems: string[] = [];
    for (const written of all) {
      const problem = await problemOf(written);
      if (problem !== undefined) problems.push(`${written.path}: ${problem}`);
    }

    expect(problems).toEqual([]);
    expect(all.length).toBeGreaterThan(70);
  });

  it('name every command of the command line in README.md', async () => {
    const [, part = ''] = readFileSync('README.md', 'utf8').split('\n### The command line\n');
    const table = part.split('\n');
    const missing: string[] = [];
    for (const command of (await commandsOf()).filter((name) => name !== 'help')) {
      const row = table.find((line) => line.startsWith(`| \`${command}\` | `)) ?? '';
      const own = (await commandsOf(command)).filter((name) => name !== 'help');
      missing.push(...(row === '' ? [command] : own.filter((name) => !row.includes(`\`${name}\``))));
    }

    expect(missing).toEqual([]);
  });

  it('link only to files and headings that exist', () => {
    const dead = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^(?:https?|mailto):/.test(link) && !isThere(link, path))
        .map((link) => `${path}: ${link}`),
    );

    expect(dead).toEqual([]);
  });

  it('are all in the index of documents', () => {
    const index = readFileSync('docs/README.md', 'utf8');
    const names = globSync('docs/*.md').map((path) => path.slice('docs/'.length));

    expect(names.filter((name) => name !== 'README.md' && !index.includes(`(${name})`))).toEqual([]);
  });

  it('name only settings that exist', () => {
    const known = new Set(Object.values(settingDefinitions).map(({ env }) => env));
    const families = /^(?:SLACK|TEAMS|DIGEST|AUDIT|LIMIT|PLAYGROUND|METRICS|THREATBRIEF|OUR)_/;
    const unknown = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`([A-Z][A-Z_]+)(?:=[^`]*)?`/g)]
        .map(([, name = '']) => name.replace(/_FILE$/, ''))
        .filter((name) => families.test(name) && !known.has(name))
        .map((name) => `${path}: ${name}`),
    );

    expect(unknown).toEqual([]);
  });
});

/** Headings as the sites that show markdown number them: small letters, blanks to hyphens, no other marks. */
function isThere(link: string, from: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return false;
  if (anchor === undefined) return true;
  const headings = readFileSync(path, 'utf8').match(/^#+ .*$/gm) ?? [];
  return headings.some((heading) => anchorOf(heading) === anchor);
}

function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
