import type { Item, Section } from '../../cards/card.ts';
import type { Claim, KnownRecord } from '../../knowledge/types.ts';
import { type Composer, take } from '../composer.ts';
import { nameClaims } from '../names.ts';
import { bold, plain, stated } from '../text.ts';

/** The ids that publishers give to the entity, each with its page; the id by which it is known here comes last. */
export function publishedIdsSection(composer: Composer): Section {
  const { entity, knowledge, cites } = composer;
  const records = entity.records.flatMap((key) => knowledge.record(key) ?? []);
  const claims = [...nameClaims(entity, knowledge), ...entity.names.flatMap((name) => name.claims)];
  const published = entity.externalIds.map((id): Item => {
    const owners = records.filter(({ externalIds }) => externalIds.includes(id));
    const [owner] = owners;
    const titles = [...new Set(owners.map((record) => titleOf(record, composer)))].join(', ');
    const numbers = cites.cite(claimsOf(owners, claims));
    return {
      text: [stated(id, numbers, owner?.url), ...(titles === '' ? [] : [plain(` — ${titles}`)])],
    };
  });
  const items = [...published, { text: [bold('Here'), plain(': '), plain(entity.id)] }];
  const { shown, total } = take(composer, items, 12);
  return { type: 'list', id: 'ids', heading: 'Ids and pages', rank: 1, items: shown, ...total };
}

function titleOf({ source, title, collection, state }: KnownRecord, { knowledge }: Composer): string {
  const known = knowledge.sources.get(source)?.title ?? source;
  const list = collection === undefined ? '' : `, ${collection}`;
  return `${known}${list}: ${title}${state === 'current' ? '' : ` (${state})`}`;
}

function claimsOf(records: readonly KnownRecord[], claims: readonly Claim[]): readonly Claim[] {
  const keys = new Set(records.map(({ source, externalId }) => `${source}\n${externalId}`));
  return claims.filter(({ provenance }) => keys.has(`${provenance.source}\n${provenance.record}`));
}
