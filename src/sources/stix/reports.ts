import type { RecordClaim, RecordIndicator, SourceRecord } from '../../domain/record.ts';
import { tlpLevels } from '../../domain/tlp.ts';
import { descriptionClaims, referenceClaims } from './claims.ts';
import { type Context, markingOfObject, markingWithEnds } from './context.ts';
import { entityRecord } from './entities.ts';
import { indicatorsOf } from './pattern.ts';
import { toRef } from './refs.ts';
import { indicatorSchema, type StixIndicator, type StixReport } from './schema.ts';
import { dayOf, plainText, timestamp } from './text.ts';

/**
 * A report or grouping: whom it names, which indicators it carries, which reports it holds. A report inside
 * another's playbook is about that playbook's actors too.
 */
export function reportRecord(object: StixReport, context: Context): SourceRecord {
  const id = object.id.trim().toLowerCase();
  const refs = [...new Set((object.object_refs ?? []).map((ref) => ref.trim().toLowerCase()))];
  const date = dayOf(object.published) ?? dayOf(object.created);
  const named = [...new Set([...refs, ...(context.survey.actorsOfReport.get(id) ?? [])])];
  const record = entityRecord(object, object.name, context, [
    ...named.flatMap((ref) => referredClaim(ref, date, context)),
    ...descriptionClaims(object.description, 'report'),
    ...referenceClaims(object.external_references ?? []),
  ]);
  const own = refs.filter((ref) => context.survey.objects.isReported(ref, id));
  const indicators = own.flatMap((ref) => indicatorsOfObject(context.load(ref), record.marking, context));
  const published = timestamp(object.published);
  return {
    ...record,
    ...(published === undefined ? {} : { created: published }),
    ...(indicators.length === 0 ? {} : { indicators }),
  };
}

function referredClaim(ref: string, date: string | undefined, context: Context): readonly RecordClaim[] {
  const target = toRef(ref, context.survey);
  const type = target?.types[0];
  if (target === undefined || type === 'indicator') return [];
  // The claim points at an object that may be marked stricter than the report.
  const marking = markingWithEnds(undefined, [ref], context.survey);
  const common = { ...(date === undefined ? {} : { date }), ...(marking === undefined ? {} : { marking }) };
  return type === 'report'
    ? [{ predicate: 'related-to', relation: 'related', target, ...common }]
    : [{ predicate: 'reported-in', subject: target, ...common }];
}

/** The indicators of an indicator object that stands in a report; an unreadable one is told where it stands. */
function indicatorsOfObject(
  value: unknown,
  ofReport: RecordIndicator['marking'],
  context: Context,
): readonly RecordIndicator[] {
  const parsed = indicatorSchema.safeParse(value);
  return parsed.success ? readIndicator(parsed.data, ofReport, context) : [];
}

/** An indicator that no report holds: a record of its own. */
export function indicatorRecord(object: StixIndicator, context: Context): SourceRecord {
  const indicators = readIndicator(object, markingOfObject(object, context.survey), context);
  const name = object.name?.trim() || indicators[0]?.value.slice(0, 200) || object.id;
  const record = entityRecord(object, name, context, [
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(object.external_references ?? []),
  ]);
  return { ...record, indicators };
}

function readIndicator(
  object: StixIndicator,
  outer: RecordIndicator['marking'],
  context: Context,
): readonly RecordIndicator[] {
  const marking = markingOfObject(object, context.survey);
  const isStricter =
    marking !== undefined &&
    (outer === undefined || tlpLevels.indexOf(marking.tlp) > tlpLevels.indexOf(outer.tlp));
  const comment = plainText(object.description ?? object.name ?? '').slice(0, 500);
  const date = timestamp(object.valid_from) ?? timestamp(object.created);
  return indicatorsOf(object.pattern, object.pattern_type, {
    ...(comment === '' ? {} : { comment }),
    ...(date === undefined ? {} : { date }),
    ...(isStricter ? { marking } : {}),
  });
}
