import type { Workspace } from './compose.ts';

/** An organisation's install covers all its workspaces; the payload's team then says which one it is. */
export function isOfWorkspace(
  { userTeamId, teamId }: { readonly userTeamId?: string; readonly teamId?: string },
  workspace: Pick<Workspace, 'teamId' | 'isOrganisation'>,
): boolean {
  if (userTeamId === undefined) return true;
  return userTeamId === workspace.teamId || (workspace.isOrganisation && userTeamId === teamId);
}
