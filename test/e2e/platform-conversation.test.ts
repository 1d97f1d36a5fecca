import { createSuggest } from '../../src/compose/suggest.ts';
import { describeConversation } from '../contracts/chat-conversation-contract.ts';
import { openPlayground } from '../helpers/platforms/playground.ts';
import { openSlack } from '../helpers/platforms/slack.ts';
import { openTeams } from '../helpers/platforms/teams.ts';

describeConversation('Slack', ({ chat, surfaces }) => openSlack(chat, { surfaces }));
describeConversation('Teams', ({ chat, surfaces }) => openTeams(chat, { surfaces }));
describeConversation('the playground', ({ chat, desk }) =>
  openPlayground(chat, { suggest: createSuggest(desk, 'clear') }),
);
