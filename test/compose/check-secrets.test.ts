import { describe, expect, it } from 'vitest';
import { checkInstallations, checkSecrets } from '../../src/compose/check-secrets.ts';
import type { InstallationSummary, SealedState } from '../../src/store/types.ts';

const one: InstallationSummary = {
  key: 'T0001',
  isOrganisation: false,
  teamId: 'T0001',
  enterpriseId: null,
  name: 'Acme',
  botUserId: null,
  botId: null,
  appId: null,
  scopes: [],
  installedBy: 'U1',
  installedAt: 1,
  expiresAt: null,
  refreshAt: null,
  version: 1,
  brokenReason: null,
};

const storeOf = (changes: Partial<SealedState>, all: readonly InstallationSummary[] = []) => ({
  sealedState: async () => ({ plain: 0, current: 0, older: 0, unreadable: 0, ...changes }),
  installations: async () => all,
});
const encryptionKey = 'ab'.repeat(32);

describe('what is encrypted', () => {
  it.each<[Partial<SealedState>, string | undefined, string, RegExp]>([
    [{}, undefined, 'note', /ENCRYPTION_KEY is not set/],
    [{ plain: 2 }, undefined, 'note', /2 conversation records are stored in clear; set ENCRYPTION_KEY/],
    [{ unreadable: 1 }, undefined, 'problem', /ENCRYPTION_KEY is not set/],
    [{ unreadable: 1, current: 4 }, encryptionKey, 'problem', /does not hold their key/],
    [{ plain: 1, older: 2 }, encryptionKey, 'note', /"threatbrief secrets rotate"/],
    [{ current: 3 }, encryptionKey, 'ok', /^3 stored/],
  ])('as %j with the key %j is a %s', async (state, key, expected, words) => {
    const check = await checkSecrets(storeOf(state), { encryptionKey: key });

    expect(check).toMatchObject({ state: expected, detail: expect.stringMatching(words) });
  });
});

describe('installations', () => {
  const settings = {
    slackClientId: '1.2',
    slackAllowedWorkspaces: ['T0001'],
    encryptionKey,
    publicUrl: 'https://tb.example.org',
  };

  it('that are broken are named, with what to do', async () => {
    const broken = { ...one, key: 'T0002', brokenReason: 'Slack does not renew its token' };
    const checks = await checkInstallations(storeOf({}, [one, broken]), settings);

    expect(checks).toMatchObject([
      { state: 'ok', detail: '1 of 2 can be used' },
      { state: 'problem', detail: expect.stringMatching(/^T0002: .*install it there again$/) },
    ]);
  });

  it('that nobody serves are a problem; none are none', async () => {
    const { encryptionKey: _, ...without } = settings;
    const bare = {
      slackClientId: undefined,
      slackAllowedWorkspaces: undefined,
      encryptionKey: undefined,
      publicUrl: undefined,
    };

    expect(
      await checkInstallations(storeOf({}, [one]), { ...without, encryptionKey: undefined }),
    ).toMatchObject([{ state: 'problem' }]);
    expect(await checkInstallations(storeOf({}), bare)).toEqual([]);
  });

  it('are told where Slack leads back to when no address is set', async () => {
    const checks = await checkInstallations(storeOf({}), { ...settings, publicUrl: undefined });

    expect(checks.at(-1)).toMatchObject({ state: 'note', detail: expect.stringContaining('PUBLIC_URL') });
  });

  it('are told who may have the app while everybody may', async () => {
    const checks = await checkInstallations(storeOf({}), { ...settings, slackAllowedWorkspaces: undefined });

    expect(checks.at(-1)).toMatchObject({
      state: 'note',
      detail: expect.stringContaining('SLACK_ALLOWED_WORKSPACES'),
    });
  });
});
