import type { Check } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import type { InstallationStore } from '../store/types.ts';

type SecretsStore = Pick<InstallationStore, 'sealedState' | 'installations'>;

/** Whether what is stored encrypted can be opened, and what is stored in clear. */
export async function checkSecrets(
  store: SecretsStore,
  { encryptionKey }: Pick<Settings, 'encryptionKey'>,
): Promise<Check> {
  const { plain, current, older, unreadable } = await store.sealedState();
  const name = 'encryption';
  if (unreadable > 0) {
    const wrong = encryptionKey === undefined ? 'is not set' : 'does not hold their key';
    return {
      name,
      state: 'problem',
      detail: `${unreadable} stored tokens or conversations cannot be opened, because ENCRYPTION_KEY ${wrong}; put the key back, behind a comma`,
    };
  }
  if (encryptionKey === undefined) {
    const detail =
      plain === 0
        ? 'ENCRYPTION_KEY is not set; conversations would be stored in clear'
        : `${plain} conversation records are stored in clear; set ENCRYPTION_KEY, then "threatbrief secrets rotate"`;
    return { name, state: 'note', detail };
  }
  if (plain + older > 0) {
    const detail = `${plain} in clear and ${older} under an older key; "threatbrief secrets rotate" moves them to the first key`;
    return { name, state: 'note', detail };
  }
  return { name, state: 'ok', detail: `${current} stored tokens and conversations, all under the first key` };
}

const shown = 10;

/** Who installed the Slack app, as far as something is wrong with it. */
export async function checkInstallations(
  store: SecretsStore,
  {
    slackClientId,
    slackAllowedWorkspaces,
    encryptionKey,
    publicUrl,
  }: Pick<Settings, 'slackClientId' | 'slackAllowedWorkspaces' | 'encryptionKey' | 'publicUrl'>,
): Promise<readonly Check[]> {
  const all = await store.installations();
  const name = 'Slack installations';
  if (slackClientId === undefined || encryptionKey === undefined) {
    if (all.length === 0) return [];
    const detail = `${all.length} are stored and not served: set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and ENCRYPTION_KEY`;
    return [{ name, state: 'problem', detail }];
  }
  const broken = all.filter(({ brokenReason }) => brokenReason !== null);
  const checks = broken.slice(0, shown).map(({ key, brokenReason }): Check => {
    const detail = `${key}: ${brokenReason}; open /slack/install and install it there again`;
    return { name, state: 'problem', detail };
  });
  if (broken.length > shown) {
    checks.push({ name, state: 'problem', detail: `${broken.length - shown} more are of no use` });
  }
  const working = all.length - broken.length;
  const detail = `${working} of ${all.length} can be used`;
  const address: readonly Check[] =
    publicUrl === undefined
      ? [
          {
            name,
            state: 'note',
            detail: 'PUBLIC_URL is not set: Slack leads back to the first redirect URL of the app',
          },
        ]
      : [];
  const open: readonly Check[] =
    slackAllowedWorkspaces === undefined ? [{ name, state: 'note', detail: openToAll }] : [];
  return [{ name, state: 'ok', detail }, ...checks, ...address, ...open];
}

const openToAll =
  'every workspace that Slack lets install your app is answered, with what is GREEN and with what its own admins choose: name yours in SLACK_ALLOWED_WORKSPACES before you distribute the app';
