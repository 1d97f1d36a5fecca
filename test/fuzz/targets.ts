import type { FuzzTarget } from './target.ts';
import { buttonTarget } from './targets/buttons.ts';
import { commandTarget, pressTarget } from './targets/conversation.ts';
import { filterTarget } from './targets/filters.ts';
import { identityTarget } from './targets/identity.ts';
import { importerTargets } from './targets/importers.ts';
import { patternTarget } from './targets/patterns.ts';
import { questionTarget } from './targets/questions.ts';
import { scheduleTarget } from './targets/schedules.ts';
import { serverBytesTarget, serverTarget } from './targets/server.ts';
import { slackTarget } from './targets/slack.ts';
import { installTarget } from './targets/slack-install.ts';
import { socketTarget } from './targets/slack-socket.ts';
import { formTarget, linkTarget } from './targets/surfaces.ts';
import { mappingTarget } from './targets/tables.ts';
import { teamsTarget } from './targets/teams.ts';

/** Everything that takes input from outside. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...importerTargets,
  mappingTarget,
  patternTarget,
  identityTarget,
  scheduleTarget,
  filterTarget,
  buttonTarget,
  questionTarget,
  commandTarget,
  pressTarget,
  linkTarget,
  formTarget,
  slackTarget,
  teamsTarget,
  installTarget,
  socketTarget,
  serverTarget,
  serverBytesTarget,
];
