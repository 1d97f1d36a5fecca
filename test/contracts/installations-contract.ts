import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredConversation } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { InstallationFacts, InstallationTokens, Store } from '../../src/store/types.ts';
import { EncryptionKeyError } from '../../src/support/encrypt.ts';
import type { StorePlace } from './store-contract.ts';

const oldKey = 'ab'.repeat(32);
const newKey = Buffer.alloc(32, 7).toString('base64');

const facts: InstallationFacts = {
  key: 'T0001',
  isOrganisation: false,
  teamId: 'T0001',
  enterpriseId: null,
  name: 'Acme \u0000 "quoted"',
  botUserId: 'U0BOT',
  botId: null,
  appId: 'A0001',
  scopes: ['chat:write', 'commands'],
  installedBy: 'U0001',
  installedAt: 1_000,
};
const tokens: InstallationTokens = {
  botToken: 'xoxb-token-one',
  refreshToken: null,
  expiresAt: null,
  refreshAt: null,
};
const rotating: InstallationTokens = {
  botToken: 'xoxe.xoxb-two',
  refreshToken: 'xoxe-two',
  expiresAt: 9_000,
  refreshAt: 5_000,
};
const conversation: StoredConversation = {
  destination: { platform: 'teams', workspace: 'teams:t', id: 'a:1', kind: 'direct' },
  reference: { serviceUrl: 'https://smba.example/secret-part', conversationId: 'a:1' },
  seenAt: 1,
  goneReason: null,
};

/** What every store must do with installations, and with what is encrypted. `createPlace` gives an empty database. */
export function installationsContract(createPlace: () => Promise<StorePlace>): void {
  let place: StorePlace;
  const stores: Store[] = [];
  const open = async (encryptionKey?: string): Promise<Store> => {
    const store = await openStore({ ...place.settings, encryptionKey });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(async () => {
    for (const one of stores.splice(0)) await one.close();
    place.remove();
  });

  describe('an installation', () => {
    it('is kept with its tokens; a later one takes its place', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, tokens);
      const first = await store.installation('T0001');
      await store.markBroken('T0001', first?.version ?? 0, 'revoked');
      const broken = await store.installations();
      await store.saveInstallation({ ...facts, name: 'Acme' }, rotating);

      expect(first).toMatchObject({ teamId: 'T0001', scopes: facts.scopes, tokens, brokenReason: null });
      expect(broken).toMatchObject([{ brokenReason: 'revoked' }]);
      expect(await store.installation('T0001')).toMatchObject({
        name: 'Acme',
        tokens: rotating,
        brokenReason: null,
        refreshAt: 5_000,
      });
      expect(await store.installation('T0002')).toBeUndefined();
    });

    it('takes new tokens from whoever knows its version, once', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, tokens);
      const { version = 0 } = (await store.installation('T0001')) ?? {};

      expect(await store.saveTokens('T0001', version, rotating)).toBe(true);
      expect(await store.saveTokens('T0001', version, tokens)).toBe(false);
      expect(await store.markBroken('T0001', version, 'late')).toBe(false);
      expect((await store.installation('T0001'))?.tokens).toEqual(rotating);
    });

    it('gives the right to renew to one, until it ends', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, rotating);
      const { version = 0 } = (await store.installation('T0001')) ?? {};
      const lease = { now: 5_000, until: 35_000 };
      const both = await Promise.all([
        store.leaseRefresh('T0001', version, lease),
        (await open(oldKey)).leaseRefresh('T0001', version, { now: 5_000, until: 35_001 }),
      ]);
      const later = await store.leaseRefresh('T0001', version, { now: 35_001, until: 65_000 });
      await store.endRefresh('T0001', { now: 0, until: 65_000 });

      expect(both.filter(Boolean)).toHaveLength(1);
      expect(later).toBe(true);
      expect(await store.leaseRefresh('T0001', version, { now: 35_002, until: 65_002 })).toBe(true);
      expect(await store.leaseRefresh('T0001', version + 1, { now: 99_000, until: 99_001 })).toBe(false);
    });

    it('is removed by news of its own time, and not by older ones', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, rotating);
      const { version = 0 } = (await store.installation('T0001')) ?? {};

      expect(await store.removeInstallation('T0001', 999)).toBe(false);
      expect(await store.removeInstallation('T0001', 1_000)).toBe(true);
      expect(await store.saveTokens('T0001', version, tokens)).toBe(false);
      expect(await store.installations()).toEqual([]);
    });

    it('never has a version again that an earlier one had', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, rotating);
      const { version = 0 } = (await store.installation('T0001')) ?? {};
      await store.saveInstallation({ ...facts, installedAt: 1_000 }, tokens);

      expect(await store.saveTokens('T0001', version, rotating)).toBe(false);
    });

    it('of an organisation is found by its workspaces', async () => {
      const store = await open(oldKey);
      for (const team of ['T2', 'T1']) await store.noteInstallationTeam(team, 'E1');
      await store.noteInstallationTeam('T3', 'E2');
      await store.noteInstallationTeam('T3', 'E1');
      await store.forgetInstallationTeam('T2');

      expect(await store.installationOfTeam('T3')).toBe('E1');
      expect(await store.installationOfTeam('T2')).toBeUndefined();
      expect(await store.teamsOfInstallation('E1')).toEqual(['T1', 'T3']);
    });
  });

  describe('encryption', () => {
    it('keeps no token without a key, and says what to set', async () => {
      const store = await open();

      await expect(store.saveInstallation(facts, tokens)).rejects.toThrow(/ENCRYPTION_KEY/);
      expect(await store.installations()).toEqual([]);
    });

    it('with another key, or none, fails for what it hides and for nothing else', async () => {
      const store = await open(oldKey);
      await store.saveInstallation(facts, tokens);
      await store.rememberConversation(conversation);
      for (const other of [await open(newKey), await open()]) {
        await expect(other.installation('T0001')).rejects.toThrow(EncryptionKeyError);
        await expect(other.conversation(conversation.destination)).rejects.toThrow(/put that key back/);
        expect(await other.conversations('teams')).toEqual([]);
        expect(await other.installations()).toHaveLength(1);
        expect(await other.sealedState()).toEqual({ plain: 0, current: 0, older: 0, unreadable: 2 });
        expect(await other.subscriptions()).toEqual([]);
      }
    });

    it('moves everything to the first key, what stood in clear included', async () => {
      const plain = { ...conversation, destination: { ...conversation.destination, id: 'a:2' } };
      await (await open()).rememberConversation(plain);
      const old = await open(oldKey);
      await old.saveInstallation(facts, tokens);
      await old.rememberConversation(conversation);
      const both = await open(`${newKey},${oldKey}`);

      expect(await both.conversation(plain.destination)).toEqual(plain);
      expect(await both.sealedState()).toEqual({ plain: 1, current: 0, older: 2, unreadable: 0 });
      expect(await (await open(newKey)).resealSecrets()).toEqual({ resealed: 1, current: 0, unreadable: 2 });
      expect(await both.resealSecrets()).toEqual({ resealed: 2, current: 1, unreadable: 0 });
      expect(await both.resealSecrets()).toEqual({ resealed: 0, current: 3, unreadable: 0 });
      const after = await open(newKey);
      expect((await after.installation('T0001'))?.tokens).toEqual(tokens);
      expect(await after.conversations('teams')).toEqual([conversation, plain]);
      await expect((await open()).resealSecrets()).rejects.toThrow(/set ENCRYPTION_KEY/);
    });
  });
}
