import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/domain/subscription.ts';
import type { DeliveryPlatform, OutgoingMessage } from '../../src/schedule/types.ts';
import { cleared } from '../helpers/cleared.ts';
import { sampleCard } from '../helpers/sample-card.ts';

/** A message as it stands in a place. */
export interface Standing {
  readonly messageId: string;
  /** The message above it, where it is a reply. */
  readonly parent?: string;
  /** Everything in it that a reader sees, or that was sent for it. */
  readonly payload: unknown;
}

/** One platform with a channel or its like, and a person, that the bot can write to. */
export interface DeliveryDriver {
  readonly platform: DeliveryPlatform;
  /** A place with several readers; the playground has one reader only. */
  readonly place: Destination;
  readonly person: Destination;
  /** A place that the platform does not have. */
  readonly nowhere: Destination;
  /** What readers who all belong to the workspace may see. */
  readonly internalCeiling: 'green' | 'clear';
  readonly canFind: boolean;
  readonly hasThreads: boolean;
  standing(destination: Destination): Promise<readonly Standing[]>;
  close(): Promise<void>;
}

/** A platform on the other side of a network, which has its own mind. */
export interface RemoteDeliveryDriver extends DeliveryDriver {
  /** From now on someone external reads the place. */
  addGuest(): void;
  /** The platform does not answer the next request of any kind, or is not there. */
  cutOff(): Promise<void>;
  /** Takes the next post, and loses the answer. */
  loseAnswer(): void;
  /** Asks for a pause of so many seconds at the next post. */
  askForPause(seconds: number): void;
  /** Answers the next post with an error of its own; the message is not taken. */
  failServer(): void;
  /** The message that goes out next is no message to it. */
  refuseMessage(): void;
  /** The bot is thrown out of the place. */
  removeBot(): void;
}

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  key: 'd3adbeef/0',
  card: cleared({
    ...sampleCard,
    title: 'Digest of Monday',
    fallbackText: 'Digest of Monday: 2 new reports.',
  }),
  ...changes,
});

const anHourAgo = (): number => Date.now() - 3_600_000;

/** What deliveries rely on, whatever the platform. */
export function describeDeliveryPlatform(name: string, open: () => Promise<DeliveryDriver>): void {
  describe(`delivery platform contract: ${name}`, () => {
    let driver: DeliveryDriver;

    beforeEach(async () => {
      driver = await open();
    });

    afterEach(() => driver.close());

    it('says how it is to be treated', () => {
      const { platform, place } = driver;

      expect(platform.name).toBe(place.platform);
      expect(platform.requestTimeoutMs).toBeGreaterThan(0);
      expect(platform.visibilityLagMs).toBeGreaterThanOrEqual(0);
      expect(platform.minGapMs).toBeGreaterThanOrEqual(0);
    });

    it('posts a message once, and tells its id', async () => {
      const result = await driver.platform.post(driver.place, message());

      const [first, ...others] = await driver.standing(driver.place);
      expect(others).toEqual([]);
      expect(result).toEqual({ kind: 'posted', messageId: first?.messageId });
      expect(JSON.stringify(first?.payload)).toContain('Digest of Monday');
    });

    it('posts to a person', async () => {
      const result = await driver.platform.post(driver.person, message());

      const [first] = await driver.standing(driver.person);
      expect(result).toEqual({ kind: 'posted', messageId: first?.messageId });
    });

    it('posts a reply below its parent', async () => {
      const parent = await driver.platform.post(driver.place, message());
      const parentId = parent.kind === 'posted' ? parent.messageId : '';

      const reply = await driver.platform.post(
        driver.place,
        message({ key: 'd3adbeef/1', parent: parentId }),
      );

      expect(reply.kind).toBe('posted');
      const [first, second] = await driver.standing(driver.place);
      expect(first?.parent).toBeUndefined();
      if (driver.hasThreads) expect(second?.parent).toBe(first?.messageId);
      expect(second?.messageId).toBe(reply.kind === 'posted' ? reply.messageId : '');
    });

    it('finds a message by its key, or says that it cannot tell', async () => {
      const { platform, place } = driver;
      const posted = await platform.post(place, message());
      const parent = posted.kind === 'posted' ? posted.messageId : '';
      const reply = message({ key: 'd3adbeef/1', parent });
      const repliedTo = await platform.post(place, reply);

      const found = [
        await platform.find(place, message(), anHourAgo()),
        await platform.find(place, reply, anHourAgo()),
        await platform.find(place, message({ key: 'd3adbeef/2' }), anHourAgo()),
        await platform.find(place, message({ key: 'd3adbeef/2', parent }), anHourAgo()),
      ];

      if (driver.canFind) {
        const replyId = repliedTo.kind === 'posted' ? repliedTo.messageId : '';
        expect(found).toEqual([
          { kind: 'found', messageId: parent },
          { kind: 'found', messageId: replyId },
          { kind: 'absent' },
          { kind: 'absent' },
        ]);
      } else {
        expect(found.map(({ kind }) => kind)).toEqual(Array(4).fill('cannot-tell'));
      }
    });

    it('opens a place to what its members may see', async () => {
      expect(await driver.platform.placeState(driver.place)).toMatchObject({
        kind: 'open',
        ceiling: driver.internalCeiling,
      });
      expect(await driver.platform.placeState(driver.person)).toMatchObject({
        kind: 'open',
        ceiling: driver.internalCeiling,
      });
    });

    it('says that a place is gone', async () => {
      const { platform, nowhere } = driver;

      expect(await platform.placeState(nowhere)).toMatchObject({
        kind: 'gone',
        reason: expect.stringMatching(/\w/),
      });
      expect(await platform.post(nowhere, message())).toMatchObject({ kind: 'gone' });
    });
  });
}

/** The same, and what can go wrong between here and there. */
export function describeRemoteDelivery(name: string, open: () => Promise<RemoteDeliveryDriver>): void {
  describeDeliveryPlatform(name, open);

  describe(`delivery platform contract, over a network: ${name}`, () => {
    let driver: RemoteDeliveryDriver;

    beforeEach(async () => {
      driver = await open();
    });

    afterEach(() => driver.close());

    it('opens a place with a guest to CLEAR, though it had none the moment before', async () => {
      await driver.platform.placeState(driver.place);
      driver.addGuest();

      expect(await driver.platform.placeState(driver.place)).toMatchObject({
        kind: 'open',
        ceiling: 'clear',
      });
    });

    it('says that it was thrown out', async () => {
      driver.removeBot();

      expect(await driver.platform.placeState(driver.place)).toMatchObject({ kind: 'gone' });
      expect(await driver.platform.post(driver.place, message())).toMatchObject({ kind: 'gone' });
      expect(await driver.standing(driver.place)).toEqual([]);
    });

    it('is unreachable, and has surely sent nothing, when no connection can be made', async () => {
      await driver.cutOff();

      expect(await driver.platform.placeState(driver.place)).toMatchObject({ kind: 'unreachable' });
      expect(await driver.platform.post(driver.place, message())).toMatchObject({ kind: 'not-sent' });
    });

    it('is in doubt about a post whose answer is lost, and sends it no second time', async () => {
      driver.loseAnswer();

      expect(await driver.platform.post(driver.place, message())).toMatchObject({ kind: 'uncertain' });

      expect(await driver.standing(driver.place)).toHaveLength(1);
      const found = await driver.platform.find(driver.place, message(), anHourAgo());
      expect(found.kind).toBe(driver.canFind ? 'found' : 'cannot-tell');
    });

    it('is in doubt about a post that the server failed at', async () => {
      driver.failServer();

      expect(await driver.platform.post(driver.place, message())).toMatchObject({ kind: 'uncertain' });
    });

    it('passes a pause on, and has sent nothing', async () => {
      driver.askForPause(7);

      expect(await driver.platform.post(driver.place, message())).toMatchObject({
        kind: 'not-sent',
        isRate: true,
        retryAfterMs: 7_000,
      });
      expect(await driver.standing(driver.place)).toEqual([]);
    });

    it('says that the message is at fault', async () => {
      driver.refuseMessage();

      expect(await driver.platform.post(driver.place, message())).toMatchObject({ kind: 'refused' });
    });
  });
}
