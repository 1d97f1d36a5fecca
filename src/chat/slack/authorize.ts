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

/**
 * Finds whose installation a request belongs to, and which workspace it came from. Under an organisation's installation
 * Slack leaves the workspace out of interactions, or names the organisation in its place: then the person's own workspace
 * is the one, which is not taken for one of the organisation's until Slack says so of the person.
 */
export function authorizeWith(installations: Installations): Authorize<boolean> {
  return async ({ teamId, enterpriseId, isEnterpriseInstall }, body) => {
    const query = { teamId, enterpriseId, isOrganisation: isEnterpriseInstall };
    const press = pressSchema.safeParse(body).data;
    const isNamed = press === undefined || press.team?.id === teamId;
    const found = await installations.find(
      isEnterpriseInstall && !isNamed ? { ...query, teamId: undefined } : query,
    );
    if (found === undefined) throw new NotInstalledError(teamId ?? enterpriseId ?? '?');
    const { teamId: installedIn, ...installation } = found;
    const workspace = found.enterpriseId === undefined ? installedIn : workspaceOf(press);
    return {
      ...installation,
      ...(workspace === undefined ? {} : { teamId: workspace }),
      isOrganisation: found.enterpriseId !== undefined,
    };
  };
}

/** Undefined for what is no interaction: there Slack names the workspace itself. */
function workspaceOf(press: z.infer<typeof pressSchema> | undefined): string | undefined {
  const named = [press?.user.team_id, press?.team?.id, press?.view?.team_id];
  return named.find((one) => one?.startsWith('T')) ?? undefined;
}
