import { describe, expect, it } from 'vitest';
import { createIndex } from '../../../src/search/create-index.ts';
import { bundledEntities } from './bundled-entities.ts';
import { classFloors, classNames, overall } from './classes.ts';
import { labelledSet } from './labelled-set.ts';
import { measureLookup } from './measure.ts';

describe('look-up on the bundled data', () => {
  const entities = bundledEntities();
  const index = createIndex(entities);
  const queries = labelledSet(entities, Number(process.env['LABELLED_SEED'] ?? 20_261_124));
  const { byClass, byScore, all, report } = measureLookup(index, entities, queries);
  process.stdout.write(`${report.join('\n')}\n`);

  it('covers at least six hundred questions', () => {
    expect(queries.length).toBeGreaterThan(600);
  });

  it.each(classNames)('reaches its floor in the class "%s"', (className) => {
    const { count, right } = byClass.get(className) ?? { count: 0, right: 0 };

    expect(count).toBeGreaterThan(0);
    expect(right / count).toBeGreaterThanOrEqual(classFloors[className]);
  });

  it('answers nearly everything, and hardly anything wrongly', () => {
    expect(all.right / all.count).toBeGreaterThanOrEqual(overall.right);
    expect(all.wrong / all.count).toBeLessThanOrEqual(overall.wrong);
  });

  it('is right at least as often as its scores say', () => {
    for (const score of byScore.keys()) {
      const above = [...byScore].filter(([other]) => other >= score).map(([, counts]) => counts);
      const count = above.reduce((sum, one) => sum + one.count, 0);
      const right = above.reduce((sum, one) => sum + one.right, 0);
      expect
        .soft(right / count, `of answers scored ${score} or more`)
        .toBeGreaterThanOrEqual(score === 1 ? 0.999 : score);
    }
    for (const [score, { count, right }] of byScore) {
      if (count < 40) continue;
      expect.soft(right / count, `of answers scored ${score}`).toBeGreaterThanOrEqual(Math.min(score, 0.999));
    }
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
