import { clearFor } from '../cards/cleared.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { PostedPart, StoredDelivery } from '../store/delivery-types.ts';
import { assertNever } from '../support/assert-never.ts';
import { messageKey } from './delivery-id.ts';
import { settleTime } from './delivery-rules.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { guarded } from './guarded.ts';
import { insist } from './insist.ts';
import { lower } from './lower.ts';
import { dead, givenBack, gone, type Looked, pauseAsAsked, retryLater, tidy } from './outcome.ts';
import { markRepeated, type Payload } from './payload.ts';
import type { DeliveryPlatform, OutgoingMessage, PostResult } from './types.ts';

/** A place that has to rest for longer is left for later; for less, it is waited for. */
const longestWaitMs = 5_000;
/** From the last look at the lease to the first byte of the request. */
const writeMarginMs = 5_000;
/** A request goes out within this time of its being noted, or it is noted again. */
const freshMs = 2_000;
const maxNotes = 5;

/** A delivery with what this process has done to it since it was claimed. */
export interface Progress {
  readonly delivery: StoredDelivery;
  readonly payload: Payload;
  readonly posted: readonly PostedPart[];
}

/** What a place may see, and when it was asked (epoch milliseconds). */
export interface Seen {
  readonly ceiling: Tlp;
  readonly askedAt: number;
}

/**
 * The next message to post; undefined when all stand at the platform. It passes the gate for what the place could see when
 * it was composed, and for what it may see now.
 */
export function nextMessage(
  { delivery, payload, posted }: Progress,
  ceiling: Tlp = payload.ceiling,
): OutgoingMessage | undefined {
  const part = posted.length;
  const message = payload.messages[part];
  if (message === undefined) return undefined;
  // A person who saw the parent may not have named its id: then the rest stands for itself.
  const parent = posted[0]?.messageId === '' ? undefined : posted[0];
  const card = payload.doubtful.includes(part) ? markRepeated(message.card) : message.card;
  return {
    key: messageKey(delivery.id, part),
    card: clearFor(card, lower(payload.ceiling, ceiling)),
    ...(message.role === 'reply' && parent !== undefined ? { parent: parent.messageId } : {}),
  };
}

/**
 * Posts what is not there yet, one message after the other, the parent first. A place that was asked some time ago is
 * asked again what it may see: when that is less than what was composed, the rest is not posted.
 */
export async function postParts(
  start: Progress,
  first: Seen,
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools & { readonly askAgain: AskAgain },
): Promise<Looked> {
  let progress = start;
  let seen = first;
  for (;;) {
    if (nextMessage(progress) === undefined) return allPosted(progress, tools);
    const wait = await waitForTurn(progress, hold, platform, tools);
    if (wait !== 'ready') return wait === 'lost' ? undefined : wait;
    const looked = await lookAgain(seen, progress, tools);
    if (looked === undefined || 'end' in looked) return looked;
    seen = looked;
    const message = nextMessage(progress, seen.ceiling);
    if (message === undefined) return allPosted(progress, tools);
    const result = await postOne(progress, message, hold, platform, tools);
    if (result === 'lost') return undefined;
    if (result.kind !== 'posted') return failed(result, progress, platform, tools);
    const part = { part: progress.posted.length, messageId: result.messageId };
    if (!(await insist(() => tools.store.notePart(hold, part), tools))) return undefined;
    progress = { ...progress, posted: [...progress.posted, part] };
    await tools.onStep?.('part-noted', hold.id);
  }
}

/** Asks what the place may see now; an outcome where nothing can be posted there. */
export type AskAgain = (posted: readonly PostedPart[]) => Promise<Tlp | Looked>;

/** An answer on who reads a place holds for this long, while the parts of one delivery go out. */
const seenMs = 10_000;

async function lookAgain(
  seen: Seen,
  { payload, posted }: Progress,
  { clock, askAgain }: Pick<DeliveryTools, 'clock'> & { readonly askAgain: AskAgain },
): Promise<Seen | Looked> {
  const now = clock.now().getTime();
  // A clock that was set back tells nothing of how long ago it was.
  if (now >= seen.askedAt && now - seen.askedAt < seenMs) return seen;
  const ceiling = await askAgain(posted);
  if (typeof ceiling !== 'string') return ceiling;
  if (isAllowed(payload.ceiling, ceiling)) return { ceiling, askedAt: now };
  return posted.length === 0
    ? givenBack(now, 'the place may see less by now: composed anew')
    : dead('the rest of it is not posted: the place may see less than before');
}

function allPosted({ payload: { until, items } }: Progress, { clock }: DeliveryTools): Looked {
  const at = clock.now().getTime();
  return { end: { kind: 'posted', at, evidence: 'answer', deliveredUntil: until, items } };
}

/** Keeps the distance to the last post there, and looks whether the lease lasts for a request. */
async function waitForTurn(
  { delivery }: Progress,
  hold: Hold,
  platform: DeliveryPlatform,
  { pace, rest: keepDistance, stopping, clock }: DeliveryTools,
): Promise<'ready' | 'lost' | NonNullable<Looked>> {
  for (;;) {
    const now = clock.now().getTime();
    if (stopping.aborted) return givenBack(now, 'handed back: the process was stopped');
    const waitMs = pace.waitMs(delivery.destination);
    if (waitMs > longestWaitMs)
      return givenBack(now + waitMs, 'the place has to rest, as the platform asked');
    if (waitMs === 0) break;
    await keepDistance(waitMs, stopping);
  }
  return (await hold.lasts(platform.requestTimeoutMs + writeMarginMs)) ? 'ready' : 'lost';
}

async function postOne(
  { delivery }: Progress,
  message: OutgoingMessage,
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<PostResult | 'lost'> {
  const { pace, counters, onStep } = tools;
  if (!(await noteTry(hold, platform, tools))) return 'lost';
  await onStep?.('before-request', hold.id);
  const { destination } = delivery;
  hold.markTried();
  const result = await guarded<PostResult>(
    () => platform.post(destination, message),
    (error) => ({ kind: 'uncertain', error }),
    platform,
    tools,
  );
  pace.posted(destination, platform.minGapMs);
  if (result.kind === 'posted') counters.posted(platform.name);
  else counters.failed(platform.name, isRate(result) ? 'rate' : result.kind);
  await onStep?.('answered', hold.id);
  return result;
}

/**
 * Notes that a request goes out now. What others settle is reckoned from the time that was noted: where noting took long,
 * it is noted again. False when the lease is lost, or the database so slow that nothing can be promised.
 */
async function noteTry(
  hold: Hold,
  { minGapMs }: DeliveryPlatform,
  { store, clock }: DeliveryTools,
): Promise<boolean> {
  for (let tries = 0; tries < maxNotes; tries += 1) {
    const at = clock.now().getTime();
    if (!(await store.noteTry(hold, at, at + minGapMs))) return false;
    if (clock.now().getTime() - at <= freshMs) return true;
  }
  return false;
}

function isRate(result: PostResult): boolean {
  return result.kind === 'not-sent' && result.isRate === true;
}

async function failed(
  result: Exclude<PostResult, { kind: 'posted' }>,
  { delivery, posted }: Progress,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  const { clock } = tools;
  switch (result.kind) {
    case 'not-sent':
      return isRate(result)
        ? rest(result, delivery, tools)
        : retryLater({ ...delivery, posted }, delivery.attempt + 1, result, tools);
    case 'gone':
      return gone(result.reason);
    case 'refused':
      return dead(`the platform refuses the message: ${result.error}`);
    case 'uncertain': {
      const settleAt = settleTime(clock.now().getTime(), platform);
      return { end: { kind: 'uncertain', settleAt, error: tidy(result.error) } };
    }
    default:
      return assertNever(result);
  }
}

/** The place, or all of its workspace, is left alone for as long as the platform asks. */
async function rest(
  result: Extract<PostResult, { kind: 'not-sent' }>,
  { destination }: StoredDelivery,
  tools: DeliveryTools,
): Promise<Looked> {
  const { pace, store, log } = tools;
  const outcome = pauseAsAsked(result, tools);
  pace.asked(destination, { ms: result.retryAfterMs ?? 1_000, scope: result.rateScope ?? 'unknown' });
  if (outcome.end.kind === 'retry') {
    // The other replicas should know, and would find out by themselves.
    await store.pausePlace(destination, outcome.end.notBefore).catch((error: unknown) => {
      log.warn({ error }, 'a pause that a platform asked for could not be noted');
    });
  }
  return outcome;
}
