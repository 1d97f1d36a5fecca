import type { Card, Field, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { isAllowed, tlpLabel } from '../domain/tlp.ts';
import type { StoredConnection } from '../store/types.ts';
import { type ConnectionState, connectionState } from './connection-state.ts';
import { connectionMarking, countsText, errorSpan, minuteOf } from './connections-section.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { plain } from './text.ts';

const stateTexts: Readonly<Record<ConnectionState, string>> = {
  new: 'Not synced so far',
  ok: 'Fine',
  failing: 'Fails; what it brought before stays',
  paused: 'Paused: synced only when somebody asks for it',
  syncing: 'Syncing now',
};

/**
 * One connected source: how it is doing, with buttons to sync and to pause it for who may. It has no address: that may lead
 * into a network of the operator's.
 * @param note what was just done, before everything else
 */
export function connectionCard(
  stored: StoredConnection,
  context: AnswerContext,
  { mayChange, note }: { readonly mayChange: boolean; readonly note?: string },
): Card {
  const { knowledge, now } = context;
  const { connection, lastError, lastSuccessAt, lastAttemptAt, lastCounts, failures, paused } = stored;
  const { name } = connection;
  const state = connectionState(stored, now.getTime());
  const visible = stored.sources.flatMap((one) => {
    const source = knowledge.sources.get(one);
    return source !== undefined && isAllowed(source.defaultMarking, ceilingOf(context)) ? [source.title] : [];
  });
  const fields: readonly Field[] = [
    field('State', stateTexts[state]),
    field('Last success', lastSuccessAt === null ? 'never' : `${minuteOf(lastSuccessAt)} UTC`),
    field('Last try', lastAttemptAt === null ? 'never' : `${minuteOf(lastAttemptAt)} UTC`),
    field('Last sync brought', lastCounts === null ? 'nothing so far' : countsText(lastCounts)),
    field('Next sync', paused ? 'when it is asked for' : nextText(stored, now)),
    field('Schedule (UTC)', connection.every),
    field('Marking', tlpLabel(connectionMarking(stored))),
    ...(visible.length === 0 ? [] : [field('Brings', visible.join(', '))]),
  ];
  const sections: readonly (Section | undefined)[] = [
    note === undefined ? undefined : { type: 'text', id: 'note', rank: 0, paragraphs: [[plain(note)]] },
    { type: 'fields', id: 'state', rank: 0, fields },
    lastError === null
      ? undefined
      : {
          type: 'text',
          id: 'error',
          heading: failures > 1 ? `Why it fails (${failures} times in a row)` : 'Why it fails',
          rank: 1,
          paragraphs: [[errorSpan(lastError)]],
        },
  ];
  const changing = [
    askAction('Sync', `sources sync ${name}`),
    paused ? askAction('Resume', `sources resume ${name}`) : askAction('Pause', `sources pause ${name}`),
  ];
  const card = finishCard(
    {
      title: `Source ${name}`,
      badges: lastError === null ? [] : [{ text: 'fails', tone: 'attention' }],
      sections,
      // First what changes nothing: by it a renderer asks for what did not fit.
      actions: [
        askAction('Refresh', `sources show ${name}`),
        ...(mayChange ? changing : []),
        askAction('All Sources', 'sources'),
      ],
      notice: clearText`A connected source.`,
    },
    knowledge,
    now,
  );
  return { ...card, marking: connectionMarking(stored) };
}

function nextText({ nextRunAt }: StoredConnection, now: Date): string {
  return nextRunAt <= now.getTime() ? 'within seconds' : `${minuteOf(nextRunAt)} UTC`;
}

function field(label: string, text: string): Field {
  return { label, value: [plain(text)] };
}
