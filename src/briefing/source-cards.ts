import type { Action, Card, Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { isAllowed, strictest, type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { KnownSource } from '../knowledge/types.ts';
import type { StoredConnection } from '../store/types.ts';
import { connectionsSection, failingText } from './connections-section.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { bold, counted, dayOf, plain } from './text.ts';

/**
 * What is loaded: each source with its release, number of records, last import, marking and licence; and how the
 * connected ones are doing, failing ones first.
 * @param mayChange whether who reads it may add and change sources: then it has the buttons for it
 */
export function sourcesCard(
  context: AnswerContext,
  connections: readonly StoredConnection[] = [],
  mayChange = false,
): Card {
  const { knowledge, now } = context;
  const all = [...knowledge.sources.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const shown = all.filter((source) => isAllowed(source.defaultMarking, ceilingOf(context)));
  const hidden = all.filter((source) => !shown.includes(source));
  const highest: Tlp | null = strictest(hidden.map((source) => source.defaultMarking)) ?? null;
  const { entities } = knowledge.statistics;
  const actors = counted(entities['intrusion-set'] ?? 0, 'actor');
  const reports = counted(entities.report ?? 0, 'report');
  const connected = connectionsSection(
    connections,
    shown,
    ceilingOf(context),
    now,
    mayChange ? openAction : undefined,
  );
  const list: Section =
    shown.length === 0
      ? { type: 'text', id: 'nothing', rank: 0, paragraphs: [[plain('No source is loaded.')]] }
      : { type: 'list', id: 'sources', rank: 1, items: shown.map(sourceItem) };
  const card = finishCard(
    {
      title: 'Sources',
      subtitle: [plain(`${counted(shown.length, 'source')}, ${actors}, ${reports}`)],
      badges: connected.failing === 0 ? [] : [{ text: failingText(connected.failing), tone: 'attention' }],
      sections: [connected.section, list],
      actions: mayChange ? [askAction('Refresh', 'sources'), askAction('Add', 'sources presets')] : [],
      withheld: { count: hidden.length, highest },
      notice: clearText`The sources that are loaded.`,
    },
    knowledge,
    now,
  );
  return connected.marking === undefined ? card : { ...card, marking: connected.marking };
}

function sourceItem(source: KnownSource): Item {
  const version = source.version === undefined ? '' : ` ${source.version}`;
  const facts = [
    counted(source.recordCount, 'record'),
    `imported ${dayOf(source.importedAt)}`,
    tlpLabel(source.defaultMarking),
    `reliability ${source.reliability}`,
    source.licence,
  ];
  const text: Text = [bold(`${source.title}${version}`), plain(` — ${facts.join(', ')}`)];
  return { text };
}

/** Opens the card of one connected source. */
export function openAction(name: string): Action {
  return askAction('Open', `sources show ${name}`);
}
