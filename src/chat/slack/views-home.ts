import { clearFor } from '../../cards/cleared.ts';
import { renderSlackHome } from '../../cards/slack/card-view.ts';
import { findCommand } from '../commands/index.ts';
import type { Workspace } from './compose.ts';
import { askedFrom } from './views-place.ts';
import { callView, type ViewParts } from './views-show.ts';

/** Puts the person's page into their home tab. Never rejects. */
export async function publishHome(parts: ViewParts, workspace: Workspace, userId: string): Promise<void> {
  const asked = await askedFrom(parts, workspace, userId, {});
  const card = await parts.surfaces.home(asked);
  const view = renderSlackHome(clearFor(card, asked.place.ceiling)).payload;
  await callView(workspace.client, parts.log, 'views.publish', { user_id: userId, view });
}

/** True for a text that changes what the home page shows. */
export function changesHome(text: string): boolean {
  const found = findCommand(text);
  return found?.command.changes(found.rest) === true;
}
