import { z } from 'zod';
import { htmlToText } from './html-text.ts';

const text = z.string().nullish();
const payloadSchema = z.looseObject({
  subject: text,
  summary: text,
  body: z.looseObject({ contentType: text, content: text }).nullish(),
  attachments: z
    .array(z.looseObject({ contentType: text, name: text, content: z.unknown().optional() }))
    .nullish(),
});

const maxTexts = 2_000;
const maxDepth = 30;
const maxAttachmentChars = 500_000;

/**
 * Everything that a message of Teams says, as text: subject, body, the names of its files, the words of its cards and of
 * the messages that it quotes. Nothing is fetched. Empty for what is no message.
 */
export function messageText(payload: unknown): string {
  const parsed = payloadSchema.safeParse(payload).data;
  if (parsed === undefined) return '';
  const { subject, summary, body, attachments } = parsed;
  const content = body?.content ?? '';
  const said = body?.contentType === 'text' ? content : htmlToText(content);
  const texts = [subject ?? '', said, ...(attachments ?? []).flatMap(attachmentTexts)];
  const all = texts.map((one) => one.trim()).filter((one) => one !== '');
  return all.length === 0 ? (summary ?? '').trim() : all.join('\n');
}

function attachmentTexts({
  name,
  content,
}: {
  readonly name?: string | null | undefined;
  readonly content?: unknown;
}): readonly string[] {
  const texts: string[] = name ? [name] : [];
  collect(readContent(content), texts, 0);
  return texts;
}

/** Teams sends the content of cards and quotes as text that holds JSON. */
function readContent(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  if (content.length > maxAttachmentChars) return undefined;
  try {
    return JSON.parse(content);
  } catch {
    return { text: content };
  }
}

/** Where cards (Adaptive, hero, thumbnail, connector) and quoted messages keep their words. */
const wordKeys: ReadonlySet<string> = new Set([
  'text',
  'title',
  'subtitle',
  'value',
  'summary',
  'messagePreview',
  'activityTitle',
  'activitySubtitle',
  'activityText',
  'name',
]);

function collect(value: unknown, texts: string[], depth: number): void {
  if (depth > maxDepth || texts.length >= maxTexts || typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      if ((wordKeys.has(key) || Array.isArray(value)) && inner.trim() !== '') texts.push(htmlToText(inner));
    } else if (key !== 'actions' && key !== 'buttons') {
      collect(inner, texts, depth + 1);
    }
  }
}
