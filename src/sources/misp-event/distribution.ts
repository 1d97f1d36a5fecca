import type { RecordMarking } from '../../domain/record.ts';
import { stricter, type Tlp, unknownMarkingLevel } from '../../domain/tlp.ts';

/**
 * How far an instance may pass something on, as the least strict marking that keeps to it. MISP: 0 this organisation,
 * 1 this community, 2 connected communities, 3 all, 4 a sharing group, 5 as what it belongs to. Whoever reads the
 * interface of an instance sees what is meant for its organisation, so 0, 1 and 4 are no audience of a channel's own
 * choosing; 2 and 3 say no more than the marking does.
 */
const floors: ReadonlyMap<string, Tlp | undefined> = new Map([
  ['0', 'amber+strict'],
  ['1', 'amber'],
  ['2', undefined],
  ['3', undefined],
  ['4', 'amber'],
  ['5', undefined],
]);

const names: Readonly<Record<string, string>> = {
  '0': 'distribution: this organisation only',
  '1': 'distribution: this community only',
  '4': 'distribution: sharing group',
};

/** The least strict marking that a distribution allows; undefined where it limits nothing, or is not told. */
export function floorOfDistribution(distribution: string | undefined): RecordMarking | undefined {
  if (distribution === undefined || distribution === '') return undefined;
  if (!floors.has(distribution)) {
    const text = `distribution ${distribution.slice(0, 20)}`;
    return { tlp: unknownMarkingLevel, text, unknown: true };
  }
  const tlp = floors.get(distribution);
  const text = names[distribution];
  return tlp === undefined || text === undefined ? undefined : { tlp, text };
}

/**
 * A marking held up to a floor. `otherwise` is what applies to something without a marking, so that a floor never
 * makes it more open.
 */
export function atLeast(
  marking: RecordMarking | undefined,
  floor: RecordMarking | undefined,
  otherwise?: Tlp,
): RecordMarking | undefined {
  if (floor === undefined) return marking;
  const before = marking?.tlp ?? otherwise ?? 'clear';
  const tlp = stricter(before, floor.tlp);
  if (marking !== undefined && tlp === marking.tlp) return marking;
  const texts = [marking?.text, floor.text].filter((text) => text !== undefined);
  return {
    tlp,
    ...(texts.length === 0 ? {} : { text: texts.join(', ') }),
    ...(marking?.unknown === true || floor.unknown === true ? { unknown: true } : {}),
  };
}
