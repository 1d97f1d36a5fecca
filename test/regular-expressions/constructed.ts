import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WrittenExpression } from './collect.ts';

/**
 * The expressions that modules put together from parts as they load, each once: what `new RegExp` is called with while
 * those of its callers are imported that run outside a browser.
 */
export async function collectConstructed(folder: string): Promise<readonly WrittenExpression[]> {
  const found = new Map<string, WrittenExpression>();
  const plain = globalThis.RegExp;
  const here = `${resolve(folder)}/`;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given: ConstructorParameters<typeof RegExp>, made) {
      const expression: RegExp = Reflect.construct(target, given, made);
      const { source: pattern, flags } = expression;
      const stack = new Error('made here').stack ?? '';
      const from = stack.indexOf(here) + here.length;
      const file = stack.slice(from, stack.indexOf(':', from));
      if (stack.includes(here)) found.set(`/${pattern}/${flags}`, { file, pattern, flags });
      return expression;
    },
  });
  try {
    for (const file of callers(folder)) await import(pathToFileURL(resolve(folder, file)).href);
  } finally {
    globalThis.RegExp = plain;
  }
  return [...found.values()];
}

function callers(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.includes('browser') &&
      readFileSync(join(folder, file), 'utf8').includes('new RegExp('),
  );
}
