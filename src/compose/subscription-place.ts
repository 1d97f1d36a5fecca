import { localWorkspace, unnamedSlackWorkspace } from '../chat/destination.ts';
import type { AddSubscription } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import type { Destination } from '../domain/subscription.ts';
import { AppError } from '../support/app-error.ts';
import { slackSettingsOf } from './platforms.ts';

const maxPlaceChars = 300;

/** The destination that an operator means; rejects (exit code 2) for an id that the platform cannot have. */
export async function placeOf(
  { platform, place, kind, workspace }: Pick<AddSubscription, 'platform' | 'place' | 'kind' | 'workspace'>,
  settings: Settings,
): Promise<Destination> {
  const id = place.trim();
  if (id === '' || id.length > maxPlaceChars || /\s/.test(id)) {
    throw usage(`--place: “${place.slice(0, 60)}” is no id of a place`);
  }
  switch (platform) {
    case 'slack':
      return slackPlace(id, kind, workspace, settings);
    case 'teams': {
      const tenant = settings.teamsTenantId;
      if (workspace === undefined && tenant === undefined) {
        throw usage('--workspace: name the tenant, teams:TENANT-ID, or set TEAMS_TENANT_ID');
      }
      const ofPerson = /^(?:29:|8:orgid:)/.test(id);
      const group = id.endsWith('@unq.gbl.spaces') ? 'group' : 'channel';
      return {
        platform,
        workspace: workspace ?? `teams:${tenant}`,
        id,
        kind: kind ?? (ofPerson ? 'direct' : group),
      };
    }
    case 'playground':
      return { platform, workspace: workspace ?? localWorkspace, id, kind: kind ?? 'direct' };
    default:
      return platform satisfies never;
  }
}

const slackId = /^(?:(T[A-Z0-9]{1,40})\/)?([CGDUW][A-Z0-9]{1,40})$/;

async function slackPlace(
  text: string,
  kind: Destination['kind'] | undefined,
  workspace: string | undefined,
  settings: Settings,
): Promise<Destination> {
  const match = slackId.exec(text);
  if (match === null) {
    throw usage(
      `--place: “${text.slice(0, 60)}” is no id of Slack; copy the channel's id, C0123456789, from “View channel details”, or a member's id, U0123456789`,
    );
  }
  const [, givenTeam, id = ''] = match;
  const named = workspace?.replace(/^(?=T[A-Z0-9]+$)/, 'slack:');
  const team = givenTeam ?? teamIn(named) ?? (named === undefined ? await ownTeam(settings) : undefined);
  return {
    platform: 'slack',
    workspace: named ?? (team === undefined ? unnamedSlackWorkspace : `slack:${team}`),
    // As chat names it, so that both mean one place.
    id: team === undefined ? id : `${team}/${id}`,
    kind: kind ?? (/^[DUW]/.test(id) ? 'direct' : 'channel'),
  };
}

function teamIn(workspace: string | undefined): string | undefined {
  return /^slack:(T[A-Z0-9]{1,40})$/.exec(workspace ?? '')?.[1];
}

/** The workspace of the token; undefined when there is none, or when Slack does not say it now. */
async function ownTeam(settings: Settings): Promise<string | undefined> {
  const slack = slackSettingsOf(settings);
  if (slack === undefined) return undefined;
  const { askOwnTeam } = await import('../chat/slack/own-team.ts');
  return askOwnTeam(slack);
}

function usage(message: string): AppError {
  return new AppError('usage', `subscriptions add: ${message}`);
}
