import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('SECURITY.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the table of threats', () => {
  it('has a control and a test for each threat', () => {
    expect(rows.length).toBeGreaterThan(45);
    for (const [, threat, control, tests] of rows) {
      expect(control, threat).not.toBe('');
      expect(tests, threat).toMatch(/^`test\/[\w./-]+\.ts` ".+"$/);
    }
  });

  const named = rows.flatMap(([, , , tests = '']) =>
    [...tests.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(
      ([, file = '', title = '']) => [file, title] as const,
    ),
  );

  it.each(named)('names a test that is there: %s “%s”', (file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(title);
  });
});
