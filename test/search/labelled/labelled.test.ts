import { describe, expect, it } from 'vitest';
import { createIndex } from '../../../src/search/create-index.ts';
import type { Lookup } from '../../../src/search/types.ts';
import { bundledEntities } from './bundled-entities.ts';
import { classFloors, classNames, type LabelledQuery } from './classes.ts';
import { labelledSet } from './labelled-set.ts';

const maxChoices = 5;

function answered(lookup: Lookup): readonly string[] {
  if (lookup.kind === 'found') return [lookup.match.entity.id];
  return lookup.kind === 'ambiguous' ? lookup.matches.map((match) => match.entity.id) : [];
}

function isHit(query: LabelledQuery, lookup: Lookup): boolean {
  const ids = answered(lookup);
  if (query.expected.length === 0) return ids.length === 0;
  if (query.className === 'ambiguous') return query.expected.every((id) => ids.includes(id));
  return ids.slice(0, maxChoices).some((id) => query.expected.includes(id));
}

function shown(lookup: Lookup): string {
  const matches =
    lookup.kind === 'suggest' ? lookup.suggestions : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const names =
    lookup.kind === 'found' ? [lookup.match.entity.name] : matches.map((match) => match.entity.name);
  return `${lookup.kind} ${names.slice(0, maxChoices).join(', ')}`;
}

describe('look-up on the bundled data', () => {
  const entities = bundledEntities();
  const names = new Map(entities.map((entity) => [entity.id as string, entity.name]));
  const index = createIndex(entities);
  const queries = labelledSet(entities, Number(process.env['LABELLED_SEED'] ?? 20_261_124));
  const report: string[] = [];
  const rates = new Map(
    classNames.map((className) => {
      const ofClass = queries.filter((query) => query.className === className);
      const misses = ofClass.filter((query) => !isHit(query, index.lookup(query.text)));
      const rate = ofClass.length === 0 ? 0 : 1 - misses.length / ofClass.length;
      report.push(`${className.padEnd(20)} ${(rate * 100).toFixed(1).padStart(5)} %  of ${ofClass.length}`);
      for (const { text, expected } of misses) {
        const wanted = expected.map((id) => names.get(id) ?? id).join(', ') || 'nothing';
        report.push(`    missed: ${JSON.stringify(text)} wants ${wanted}, gets ${shown(index.lookup(text))}`);
      }
      return [className, rate];
    }),
  );
  process.stdout.write(`${report.join('\n')}\n`);

  it('covers at least six hundred questions', () => {
    expect(queries.length).toBeGreaterThan(600);
  });

  it.each(classNames)('reaches its floor in the class "%s"', (className) => {
    expect(rates.get(className)).toBeGreaterThanOrEqual(classFloors[className]);
  });

  it('never answers with another number', () => {
    const wrong = queries.filter(({ className, text }) => {
      const digits = text.normalize('NFKC').replace(/\D+/g, '');
      const lookup = index.lookup(text);
      return (
        className === 'near-code' && lookup.kind === 'found' && !lookup.match.matched.name.includes(digits)
      );
    });

    expect(wrong).toEqual([]);
  });
});
