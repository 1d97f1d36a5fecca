import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type IdentityDecisions,
  type IdentitySource,
  type IdentityState,
  noDecisions,
} from '../knowledge/identity.ts';
import { IdentityFileError, maxIdentityBytes, parseIdentity } from './parse-identity.ts';

/** One identity file. */
export interface IdentityFile {
  readonly path: string;
  /** How cards and problems call it; absent: its base name. */
  readonly name?: string;
  /** True: that it is missing is a mistake, since someone named it. */
  readonly required?: boolean;
}

/**
 * Reads identity files, the strongest first, and again whenever `refresh` finds that one changed. A file that is
 * missing decides nothing unless it is required. Throws `IdentityFileError` at once for one that cannot be used.
 */
export function createIdentitySource(files: readonly IdentityFile[]): IdentitySource {
  let stamps = '';
  let state: IdentityState = { key: '', decisions: noDecisions };
  const refresh = (): IdentityState => {
    const seen = files.map(readIdentityFile);
    const next = JSON.stringify(seen.map((one) => one.stamp));
    if (next === stamps) return state;
    const texts = seen.map((one) => one.text());
    const decisions = layered(files, texts);
    const key = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
    if (key !== state.key) state = { key, decisions };
    stamps = next;
    return state;
  };
  refresh();
  return { current: () => state, refresh };
}

/** The first file's decisions over the second's, and so on. */
function layered(files: readonly IdentityFile[], texts: readonly string[]): IdentityDecisions {
  return files
    .map((file, index) => parseIdentity(texts[index] ?? '', nameOf(file)))
    .reduceRight<IdentityDecisions>(
      (under, own) => (isNothing(under) ? own : { ...own, under }),
      noDecisions,
    );
}

function isNothing({ same, different, under }: IdentityDecisions): boolean {
  return same.length === 0 && different.length === 0 && under === undefined;
}

function nameOf({ path, name }: IdentityFile): string {
  return name ?? basename(path);
}

interface SeenFile {
  /** Changes with the file's content, and with its being there. */
  readonly stamp: string;
  text(): string;
}

function readIdentityFile(file: IdentityFile): SeenFile {
  const bytes = readBytes(file);
  if (bytes === undefined) return { stamp: 'missing', text: () => '' };
  return {
    stamp: createHash('sha256').update(bytes).digest('hex'),
    text: () => {
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        throw new IdentityFileError([`${nameOf(file)}: it is not UTF-8 text; save it as UTF-8`]);
      }
    },
  };
}

function readBytes(file: IdentityFile): Uint8Array | undefined {
  let handle: number;
  try {
    handle = openSync(file.path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if ((code === 'ENOENT' || code === 'ENOTDIR') && file.required !== true) return undefined;
    throw new IdentityFileError(
      [`${nameOf(file)}: ${file.path} cannot be read (${code}); create it, or correct IDENTITY_FILE`],
      { cause: error },
    );
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new IdentityFileError([`${nameOf(file)}: ${file.path} is no file`]);
    if (stat.size > maxIdentityBytes) {
      const text = `${nameOf(file)}: it has ${stat.size} bytes; at most ${maxIdentityBytes} are read`;
      throw new IdentityFileError([text]);
    }
    const bytes = new Uint8Array(stat.size);
    const length = readSync(handle, bytes, 0, stat.size, 0);
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
