import { clearFor } from '../../cards/cleared.ts';
import { renderSlackMessage } from '../../cards/slack/render.ts';
import type { SlackBlock } from '../../cards/slack/types.ts';
import { actorPathPrefix, linkCeiling, type Surfaces } from '../surfaces-types.ts';
import { describeError } from './bolt-log.ts';
import type { AnswerParts, Workspace } from './compose.ts';
import type { LinkShared } from './parse-places.ts';
import { toPerson, toPlace } from './place.ts';
import type { SharedLinks } from './shared-links.ts';

export interface UnfurlParts extends AnswerParts {
  readonly surfaces?: Surfaces;
  /** The address that links of ours begin with; without it none is ours. */
  readonly publicUrl?: string;
  readonly sharedLinks: SharedLinks;
}

/** From so many links on a message is a list, below which previews would be noise. */
const tooManyLinks = 3;
const maxPathChars = 300;

/**
 * Shows the short card of what a link of ours names, below the message that holds it: CLEAR content only, whoever reads
 * there, since previews are forwarded and kept out of our sight. Nothing for a message of three links or more, nothing for a
 * link that was shared in the same conversation in the last thirty minutes, nothing while a message is still being written.
 */
export async function unfurlLinks(
  parts: UnfurlParts,
  workspace: Workspace,
  shared: LinkShared,
): Promise<void> {
  const { surfaces, log } = parts;
  if (surfaces === undefined || shared.source === 'composer') return;
  const links = shared.urls.flatMap((url) => {
    const path = ownPath(url, parts.publicUrl);
    return path === undefined ? [] : [{ url, path }];
  });
  // Every link counts as shared, also where it gets no preview.
  const fresh: typeof links = [];
  for (const link of links) {
    const key = `${workspace.teamId}/${shared.channelId}/${link.path.toLowerCase()}`;
    if (await parts.sharedLinks.isFirst(key, parts.clock.now())) fresh.push(link);
  }
  if (shared.urls.length >= tooManyLinks || fresh.length === 0) return;
  const unfurls: Record<string, { readonly blocks: readonly SlackBlock[] }> = {};
  for (const { url, path } of fresh) {
    const blocks = await previewOf(surfaces, parts, workspace, shared, path);
    if (blocks !== undefined) unfurls[url] = { blocks };
  }
  if (Object.keys(unfurls).length === 0) return;
  try {
    const { channelId: channel, messageTs: ts } = shared;
    await workspace.client.apiCall('chat.unfurl', { channel, ts, unfurls });
  } catch (error) {
    log.warn({ error: describeError(error) }, 'Slack did not take the preview of a link');
  }
}

async function previewOf(
  surfaces: Surfaces,
  { clock, log }: AnswerParts,
  { teamId }: Workspace,
  { channelId, userId }: LinkShared,
  path: string,
): Promise<readonly SlackBlock[] | undefined> {
  const place = toPlace({ teamId, channelId }, { ceiling: linkCeiling, kind: 'channel' });
  try {
    const card = await surfaces.linked({ place, person: toPerson(teamId, userId), now: clock.now(), path });
    return card === undefined ? undefined : renderSlackMessage(clearFor(card, linkCeiling)).payload.blocks;
  } catch (error) {
    log.error({ error: describeError(error) }, 'the preview of a link could not be composed');
    return undefined;
  }
}

/**
 * The path of a link of ours, `/actor/…` with what stands behind our address; undefined for every other link.
 *
 * @example ownPath('https://tb.example/intel/actor/APT39?x=1', 'https://tb.example/intel') // '/actor/APT39'
 */
export function ownPath(link: string, publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined || !URL.canParse(link) || !URL.canParse(publicUrl)) return undefined;
  const [url, own] = [new URL(link), new URL(publicUrl)];
  const base = own.pathname.replace(/(?<!\/)\/+$/, '');
  if (url.protocol !== own.protocol || url.host !== own.host || !url.pathname.startsWith(`${base}/`)) {
    return undefined;
  }
  const path = url.pathname.slice(base.length);
  const isActor = path.startsWith(actorPathPrefix) && path.length > actorPathPrefix.length;
  return isActor && path.length <= maxPathChars ? path : undefined;
}
