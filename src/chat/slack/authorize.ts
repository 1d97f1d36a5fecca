import type { Authorize } from '@slack/bolt';
import { z } from 'zod';
import { type Installations, NotInstalledError } from './installations.ts';

const id = z.object({ id: z.string().nullish() }).nullish();

/** What an interaction says of where the person is. */
const pressSchema = z.object({
  team: id,
  user: z.object({ team_id: z.string().nullish() }),
  view: z.object({ team_id: z.string().nullish() }).nullish(),
});

/** In a channel that others read too, `team_id` is the workspace of the one who wrote. */
const eventSchema = z.object({
  event: z.looseObject({}),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).nullish(),
  context_team_id: z.string().nullish(),
});

/**
 * Finds whose installation a request belongs to, and which workspace it came from. Under an organisation's installation
 * Slack leaves the workspace out of interactions, or names the organisation in its place: then the person's own workspace
 * is the one, which is not taken for one of the organisation's until Slack says so of the person.
 */
export function authorizeWith(installations: Installations): Authorize<boolean> {
  return async ({ teamId, enterpriseId, isEnterpriseInstall }, body) => {
    const { own, named } = workspaceIn(body, teamId);
    const found = await installations.find({
      teamId: isEnterpriseInstall ? named : teamId,
      enterpriseId,
      isOrganisation: isEnterpriseInstall,
    });
    if (found === undefined) throw new NotInstalledError(teamId ?? enterpriseId ?? '?');
    const { teamId: installedIn, ...installation } = found;
    const workspace = found.enterpriseId === undefined ? installedIn : own;
    return {
      ...installation,
      ...(workspace === undefined ? {} : { teamId: workspace }),
      isOrganisation: found.enterpriseId !== undefined,
    };
  };
}

interface WorkspaceIn {
  /** Whose settings apply under an organisation's installation; undefined: as the SDK reads it. */
  readonly own: string | undefined;
  /** Where Slack itself says that the app is there; of an interaction it is known when the person is. */
  readonly named: string | undefined;
}

function workspaceIn(body: unknown, teamId: string | undefined): WorkspaceIn {
  const press = pressSchema.safeParse(body).data;
  if (press !== undefined) {
    const told = [press.user.team_id, press.team?.id, press.view?.team_id];
    const own = told.find((one) => one?.startsWith('T')) ?? undefined;
    return { own, named: undefined };
  }
  const event = eventSchema.safeParse(body).data;
  if (event === undefined) return { own: undefined, named: teamId };
  const named = event.authorizations?.[0]?.team_id ?? event.context_team_id ?? undefined;
  return { own: named, named };
}
