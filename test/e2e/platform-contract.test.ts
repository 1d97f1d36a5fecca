import { describeChatPlatform } from '../contracts/chat-platform-contract.ts';
import { openPlayground } from '../helpers/platforms/playground.ts';
import { openSlack } from '../helpers/platforms/slack.ts';
import { openTeams } from '../helpers/platforms/teams.ts';

describeChatPlatform('Slack', openSlack);
describeChatPlatform('Teams', openTeams);
describeChatPlatform('the playground', openPlayground);
