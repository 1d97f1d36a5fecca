import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';
import { type CarriedFile, toFile } from './shortcuts-message.ts';

export interface FileParts {
  readonly client: WebClient;
  readonly botToken: string;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  /** Another Web API, whose files stand beside it: a local counterpart of Slack. */
  readonly apiUrl?: string | undefined;
}

/** What was read of the files of a message. */
export interface ReadFiles {
  readonly text: string;
  /** Files that were left out, each with the reason, for people. */
  readonly unread: readonly string[];
}

/** Larger files are not read, and neither is more than this of all together. */
export const maxFileBytes = 1_048_576;
const maxFiles = 5;
const timeoutMs = 5_000;
const maxNameChars = 60;

/** Reads the text files that a message carries, with the bot's own token, from Slack and nowhere else. Never rejects. */
export async function readCarriedFiles(files: readonly CarriedFile[], parts: FileParts): Promise<ReadFiles> {
  const texts: string[] = [];
  const unread: string[] = [];
  let bytesLeft = maxFileBytes;
  for (const [at, file] of files.entries()) {
    const read = at < maxFiles ? await readOne(file, bytesLeft, parts) : { problem: 'too many files' };
    const name = file.name.slice(0, maxNameChars).toWellFormed();
    if ('problem' in read) unread.push(`${name} (${read.problem})`);
    else {
      texts.push(read.text);
      bytesLeft -= read.bytes;
    }
  }
  return { text: texts.join('\n\n'), unread };
}

type ReadOne = { readonly text: string; readonly bytes: number } | { readonly problem: string };

async function readOne(file: CarriedFile, bytesLeft: number, parts: FileParts): Promise<ReadOne> {
  // A file of another workspace comes without its facts.
  const known = file.url === undefined ? ((await askAbout(file, parts)) ?? file) : file;
  if (!isText(known)) return { problem: 'no text file' };
  if ((known.size ?? 0) > bytesLeft) return { problem: 'larger than 1 MB' };
  const { url } = known;
  if (url === undefined || !isSlackFile(url, parts.apiUrl)) return { problem: 'not kept by Slack' };
  return download(url, known, bytesLeft, parts);
}

const infoSchema = z.object({ file: z.unknown() });

async function askAbout({ id }: CarriedFile, { client, log }: FileParts): Promise<CarriedFile | undefined> {
  try {
    const read = infoSchema.safeParse(await client.apiCall('files.info', { file: id }));
    return read.success ? toFile(read.data.file) : undefined;
  } catch (error) {
    log.warn({ error: describeError(error) }, 'Slack did not tell of a file');
    return undefined;
  }
}

const textTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/xml',
  'application/csv',
  'application/x-yaml',
  'application/yaml',
  'application/stix+json',
  'message/rfc822',
]);
/** Slack's own names for files of text, where it gives no other. */
const textFileTypes: ReadonlySet<string> = new Set([
  'text',
  'markdown',
  'csv',
  'tsv',
  'json',
  'xml',
  'yaml',
  'log',
  'email',
  'html',
  'post',
  'space',
]);

function isText({ mimeType, fileType }: CarriedFile): boolean {
  return mimeType.startsWith('text/') || textTypes.has(mimeType) || textFileTypes.has(fileType);
}

/** An https address on the host where Slack keeps files; the bot's token goes nowhere else. */
export function isSlackFile(address: string, apiUrl?: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (apiUrl !== undefined && URL.canParse(apiUrl) && new URL(apiUrl).origin === url.origin) return true;
  const isFileHost = url.hostname === 'files.slack.com' || url.hostname === 'files.slack-gov.com';
  return url.protocol === 'https:' && url.port === '' && isFileHost;
}

async function download(
  url: string,
  { mimeType }: CarriedFile,
  bytesLeft: number,
  { botToken, fetch, log }: FileParts,
): Promise<ReadOne> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const type = response.headers.get('content-type')?.toLowerCase() ?? '';
    // A token without the permission is shown a page to sign in.
    const isSignIn = type.startsWith('text/html') && mimeType !== 'text/html';
    if (!response.ok || isSignIn) {
      await response.body?.cancel();
      return { problem: 'Slack did not hand it over' };
    }
    const bytes = await bytesOf(response, bytesLeft);
    if (bytes === undefined) return { problem: 'larger than 1 MB' };
    return { text: new TextDecoder('utf-8').decode(bytes), bytes: bytes.byteLength };
  } catch (error) {
    log.warn({ error: describeError(error) }, 'a file of a Slack message could not be read');
    return { problem: 'Slack did not hand it over' };
  }
}

/** The decoded body; undefined when it is longer, without reading on. */
async function bytesOf({ body }: Response, limit: number): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
