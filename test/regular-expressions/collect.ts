import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A regular expression as it is written in a source file. */
export interface WrittenExpression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every literal regular expression below a folder, each once, from the syntax trees of its files. */
export function collectExpressions(folder: string): readonly WrittenExpression[] {
  const found = new Map<string, WrittenExpression>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    if (!text.includes('/')) continue;
    const tree = parseSync(text, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2024' });
    for (const { pattern, flags } of expressionsIn(tree))
      found.set(`/${pattern}/${flags}`, { file, pattern, flags });
  }
  return [...found.values()];
}

function* expressionsIn(node: unknown): Iterable<{ readonly pattern: string; readonly flags: string }> {
  if (Array.isArray(node)) {
    for (const one of node) yield* expressionsIn(one);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'RegExpLiteral' && 'pattern' in node && 'flags' in node) {
    yield { pattern: String(node.pattern), flags: String(node.flags) };
    return;
  }
  for (const value of Object.values(node)) {
    if (typeof value === 'object' && value !== null) yield* expressionsIn(value);
  }
}
