import { z } from 'zod';
import { unwrapSlackText } from './text.ts';

/** A file that a message carries, as far as reading it needs. */
export interface CarriedFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly fileType: string;
  /** In bytes; undefined when Slack does not say. */
  readonly size?: number;
  /** Absent where Slack tells more only when it is asked. */
  readonly url?: string;
}

/** A message that somebody wants to be briefed on. */
export interface BriefedMessage {
  readonly userId: string;
  readonly userTeamId?: string;
  readonly teamId?: string;
  readonly channelId?: string;
  readonly threadTs?: string;
  readonly triggerId: string;
  readonly responseUrl?: string;
  /** What it says: its text, or its blocks, and its attachments. */
  readonly text: string;
  readonly files: readonly CarriedFile[];
}

const text = z.string();
const maybeText = z.string().nullish();

export const fileSchema = z.object({
  id: text.regex(/^[A-Z0-9]{2,40}$/),
  name: maybeText,
  title: maybeText,
  mimetype: maybeText,
  filetype: maybeText,
  size: z.number().nullish(),
  url_private: maybeText,
  url_private_download: maybeText,
});

const schema = z.object({
  user: z.object({ id: text, team_id: maybeText }),
  team: z.object({ id: text }).nullish(),
  channel: z.object({ id: text }).nullish(),
  trigger_id: text,
  response_url: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .catch(undefined),
  message: z.object({
    text: maybeText,
    thread_ts: maybeText,
    blocks: z.array(z.unknown()).nullish(),
    attachments: z.array(z.unknown()).nullish(),
    files: z.array(z.unknown()).nullish(),
  }),
});

/** Reads a message shortcut; undefined when it is none. */
export function parseBriefedMessage(body: unknown): BriefedMessage | undefined {
  const read = schema.safeParse(body);
  if (!read.success) return undefined;
  const { user, team, channel, trigger_id, response_url, message } = read.data;
  return {
    userId: user.id,
    triggerId: trigger_id,
    text: messageText(message),
    files: (message.files ?? []).flatMap((file) => toFile(file) ?? []),
    ...(user.team_id ? { userTeamId: user.team_id } : {}),
    ...(team ? { teamId: team.id } : {}),
    ...(channel ? { channelId: channel.id } : {}),
    ...(response_url ? { responseUrl: response_url } : {}),
    ...(message.thread_ts ? { threadTs: message.thread_ts } : {}),
  };
}

export function toFile(value: unknown): CarriedFile | undefined {
  const read = fileSchema.safeParse(value);
  if (!read.success) return undefined;
  const { id, name, title, mimetype, filetype, size, url_private, url_private_download } = read.data;
  const url = url_private_download || url_private;
  return {
    id,
    name: name || title || id,
    mimeType: mimetype?.toLowerCase() ?? '',
    fileType: filetype?.toLowerCase() ?? '',
    ...(size === null || size === undefined ? {} : { size }),
    ...(url ? { url } : {}),
  };
}

/** As much as is ever read of a message. */
const maxChars = 200_000;
const maxNodes = 5_000;
const maxDepth = 12;
/** What people see of a block or an attachment; links too, since they are indicators as often as not. */
const shownKeys = new Set([
  'text',
  'title',
  'pretext',
  'value',
  'fallback',
  'author_name',
  'footer',
  'alt_text',
  'url',
  'title_link',
  'from_url',
  'original_url',
  'label',
]);
/** Ids and the like are none of it. */
const skippedKeys = new Set([
  'block_id',
  'action_id',
  'type',
  'style',
  'accessory',
  'image_url',
  'thumb_url',
]);

/** An attachment with one of these says in its fallback what it says in them. */
const saidElsewhere = new Set(['text', 'title', 'pretext', 'blocks', 'message_blocks', 'fields']);

/** The runs of one line of rich text, which are one text though they differ in style; undefined for anything else. */
function runsOf(node: object): string | undefined {
  const type = typeOf(node);
  if (typeof type !== 'string' || !/^rich_text_(?:section|quote|preformatted)$/.test(type)) return undefined;
  const elements: unknown = 'elements' in node ? node.elements : undefined;
  if (!Array.isArray(elements)) return undefined;
  return elements
    .slice(0, maxNodes)
    .map((element: unknown) => {
      const read = runSchema.safeParse(element);
      return read.success ? [read.data.text, read.data.url].filter(Boolean).join(' ') : '';
    })
    .join('');
}

const runSchema = z.object({ text: maybeText, url: maybeText });

/**
 * What a message says, each thing once: its text, unless blocks of another kind than a person's own say it; then what is
 * attached.
 */
export function messageText(message: {
  readonly text?: string | null | undefined;
  readonly blocks?: readonly unknown[] | null | undefined;
  readonly attachments?: readonly unknown[] | null | undefined;
}): string {
  const blocks = message.blocks ?? [];
  // What a person writes stands in one rich text block, and as text beside it.
  const isWritten = blocks.every((block) => typeOf(block) === 'rich_text');
  const blockWords = isWritten ? [] : wordsIn(blocks);
  const own = blockWords.length > 0 ? blockWords : [message.text ?? ''];
  const parts = [...own, ...wordsIn(message.attachments ?? [])];
  const said = new Set(
    parts.map((part) => plainWords(part.slice(0, maxChars))).filter((part) => part !== ''),
  );
  return [...said].join('\n').slice(0, maxChars);
}

/** Slack writes a link as its target and its label: both may name something. */
function plainWords(wire: string): string {
  const withTargets = wire.replace(
    /<((?:https?|ftp|mailto):[^<>|]{1,2000})\|([^<>]{0,2000})>/gi,
    (_, target: string, label: string) => (target.includes(label) ? target : `${label} ${target}`),
  );
  return unwrapSlackText(withTargets);
}

function typeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
}

/** Every text that people see, in order; bounded in number and depth. */
function wordsIn(value: unknown): readonly string[] {
  const words: string[] = [];
  let nodes = 0;
  let chars = 0;
  const visit = (node: unknown, depth: number, key: string): void => {
    nodes += 1;
    if (nodes > maxNodes || depth > maxDepth || chars > maxChars) return;
    if (typeof node === 'string') {
      if (!shownKeys.has(key) || node === '') return;
      words.push(node);
      chars += node.length;
    } else if (Array.isArray(node)) {
      for (const item of node) visit(item, depth + 1, key);
    } else if (typeof node === 'object' && node !== null) {
      const entries = Object.entries(node);
      const run = runsOf(node);
      if (run !== undefined) visit(run, depth + 1, 'text');
      const isRepeated = entries.some(([name]) => saidElsewhere.has(name));
      for (const [name, item] of entries) {
        const isSkipped = skippedKeys.has(name) || (name === 'fallback' && isRepeated);
        if (!isSkipped && !(run !== undefined && name === 'elements')) visit(item, depth + 1, name);
      }
    }
  };
  visit(value, 0, '');
  return words;
}
