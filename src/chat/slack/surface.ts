/**
 * What the bot offers in Slack. The manifest and the listeners both read this, so that Slack sends what the code
 * answers, and nothing else.
 */
export const slackCommand = {
  command: '/apt',
  description: 'Brief me on a threat actor, with a source for every fact',
  usageHint: 'APT39 | what tools does FIN7 use | subscribe weekdays at 8 | watch APT39 | help',
} as const;

/** Shortcuts: one from anywhere, one on a message. A name has at most 24 characters. */
export const slackShortcuts = {
  lookUp: {
    name: 'Look up an actor',
    type: 'global',
    callbackId: 'look_up',
    description: 'Find an actor, software, technique or report by any of its names',
  },
  briefMessage: {
    name: 'Brief me on this message',
    type: 'message',
    callbackId: 'brief_message',
    description: 'Tells which actors, software, techniques and indicators a message names',
  },
} as const;

/** Somebody looks at the home tab. */
export const homeEvents = ['app_home_opened'] as const;

/** Events that ask something. */
export const questionEvents = ['app_mention', 'message.im'] as const;

/** What the pane beside Slack tells of. */
export const assistantEvents = ['assistant_thread_started', 'assistant_thread_context_changed'] as const;

/** Somebody shared a link of ours; Slack sends it for the hosts that the manifest names. */
export const linkEvents = ['link_shared'] as const;

/** Events after which other people may read a channel. */
export const readersChangedEvents = [
  'channel_shared',
  'channel_unshared',
  'member_joined_channel',
  'member_left_channel',
] as const;

/** What becomes of a channel: digests follow it, or wait. */
export const placeEvents = [
  'channel_archive',
  'channel_deleted',
  'channel_id_changed',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
] as const;

/** After these the app has no token any more. */
export const removedEvents = ['app_uninstalled', 'tokens_revoked'] as const;

/** What the pane beside Slack says of the bot, and offers before anything was asked; each is answered from the bundled data. */
export const slackAssistant = {
  description:
    'Answers questions on threat actors, their software and techniques, with a source for every fact.',
  prompts: [
    { title: 'Who is APT39?', message: 'who is APT39' },
    { title: 'What malware does APT28 use?', message: 'what malware does APT28 use' },
    { title: 'Who uses Mimikatz?', message: 'who uses Mimikatz' },
    { title: 'Compare APT28 and APT29', message: 'compare APT28 and APT29' },
  ],
} as const;

/**
 * Each permission with what the code calls or receives by it; a permission without a use is not asked for.
 */
export const botScopes = {
  'app_mentions:read': ['event app_mention'],
  'assistant:write': [
    'assistant.threads.setStatus',
    'assistant.threads.setSuggestedPrompts',
    'assistant.threads.setTitle',
    'event assistant_thread_started',
  ],
  'channels:history': ['conversations.history', 'conversations.replies'],
  'channels:read': [
    'conversations.info',
    'conversations.members',
    'event channel_archive',
    'event channel_shared',
    'event member_joined_channel',
  ],
  'chat:write': ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'chat.delete'],
  commands: ['/apt'],
  'files:read': ['files.info', 'text files of a message'],
  'groups:history': ['conversations.history', 'conversations.replies'],
  'groups:read': ['conversations.info', 'conversations.members', 'event group_archive'],
  'im:history': ['event message.im', 'conversations.history', 'conversations.replies'],
  'im:read': ['conversations.info'],
  'im:write': ['conversations.open'],
  'links:read': ['event link_shared'],
  'links:write': ['chat.unfurl'],
  'mpim:history': ['conversations.history', 'conversations.replies'],
  'mpim:read': ['conversations.info', 'conversations.members'],
  'usergroups:read': ['usergroups.users.list'],
  'users:read': ['users.info'],
} as const;

/** Of no use where there is no address that links could name. */
export const linkScopes: readonly string[] = ['links:read', 'links:write'];
