/**
 * What the bot offers in Slack. The manifest and the listeners both read this, so that Slack sends what the code
 * answers, and nothing else.
 */
export const slackCommand = {
  command: '/apt',
  description: 'Brief me on a threat actor, with a source for every fact',
  usageHint: 'APT39 | what tools does FIN7 use | subscribe weekdays at 8 | watch APT39 | help',
} as const;

/** Events that ask something. */
export const questionEvents = ['app_mention', 'message.im'] as const;

/** Events after which other people may read a channel. */
export const readersChangedEvents = ['channel_shared', 'channel_unshared', 'member_joined_channel'] as const;

/**
 * Each permission with what the code calls or receives by it; a permission without a use is not asked for.
 */
export const botScopes = {
  'app_mentions:read': ['event app_mention'],
  'channels:history': ['conversations.history', 'conversations.replies'],
  'channels:read': [
    'conversations.info',
    'conversations.members',
    'event channel_shared',
    'event member_joined_channel',
  ],
  'chat:write': ['chat.postMessage', 'chat.postEphemeral'],
  commands: ['/apt'],
  'groups:history': ['conversations.history', 'conversations.replies'],
  'groups:read': ['conversations.info', 'conversations.members'],
  'im:history': ['event message.im', 'conversations.history', 'conversations.replies'],
  'im:read': ['conversations.info'],
  'im:write': ['conversations.open'],
  'mpim:history': ['conversations.history', 'conversations.replies'],
  'mpim:read': ['conversations.info', 'conversations.members'],
  'users:read': ['users.info'],
} as const;
