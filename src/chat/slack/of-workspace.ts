import type { AnswerParts, Workspace } from './compose.ts';

/**
 * Whether a person who pressed something belongs to the workspace, or to the organisation, that installed the app. In a
 * channel that others read too, their people can press as well. Someone of whom Slack tells nothing is not turned away,
 * and sees what is CLEAR.
 */
export async function isOfWorkspace(
  { audiences, noteWorkspace }: Pick<AnswerParts, 'audiences' | 'noteWorkspace'>,
  { teamId, organisationId, lookups }: Workspace,
  { userId, userTeamId }: { readonly userId: string; readonly userTeamId?: string },
): Promise<boolean> {
  if (organisationId === undefined) return userTeamId === undefined || userTeamId === teamId;
  const isForeign = await audiences.isForeign(teamId, userId, lookups);
  if (isForeign === false) await noteWorkspace(teamId, organisationId);
  return isForeign !== true;
}
