import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('SECURITY.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const named = rows.flatMap(([, , , tests = '']) =>
  [...tests.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(
    ([, file = '', title = '']) => [file, title] as const,
  ),
);

describe('the table of threats', () => {
  it('has a control and a test for each threat', () => {
    expect(rows.length).toBeGreaterThan(45);
    for (const [, threat, control, tests] of rows) {
      expect(control, threat).not.toBe('');
      expect(tests, threat).toMatch(/^`test\/[\w./-]+\.ts` ".+"$/);
    }
  });

  it.each(named)('names a test that is there: %s “%s”', (file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(title);
  });
});

describe('the list of controls that were switched off', () => {
  const proofs = readFileSync('docs/security-proofs.md', 'utf8');
  /** These try what cannot be let through by one change: two guards stand behind one another. */
  const doublyGuarded = new Set([
    'that lead out of the page give nothing: %s',
    'changes nothing of other objects: %s',
  ]);

  it.each(named.filter(([, title]) => !doublyGuarded.has(title)))('has %s “%s”', (file, title) => {
    const isProof = (line: string): boolean => line.includes(`\`${file}\` "`) && line.includes(title);

    expect(proofs.split('\n').some(isProof)).toBe(true);
  });

  it('names tests and files that are there', () => {
    const paths = [...proofs.matchAll(/`((?:src|test|scripts)\/[^`]+)`/g)].map(([, path = '']) => path);

    expect(paths.length).toBeGreaterThan(150);
    expect([...new Set(paths)].filter((path) => !existsSync(path))).toEqual([]);
  });
});
