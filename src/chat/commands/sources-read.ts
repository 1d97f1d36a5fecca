import type { Parsed } from './types.ts';

/** What is asked of sources. `verb` and `name` of a change are as the command line has them. */
export type SourcesInput =
  | { readonly kind: 'state' }
  | { readonly kind: 'presets' }
  | { readonly kind: 'show'; readonly name: string }
  | { readonly kind: 'add'; readonly name: string }
  | { readonly kind: 'sync' | 'pause' | 'resume'; readonly name: string }
  /** What is done on the command line alone. */
  | { readonly kind: 'elsewhere'; readonly what: 'address' | 'remove' };

const verbs = 'add|connect|sync|pause|resume|show|remove|delete';
const namePattern = /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/;

/** True for what changes something. */
export function changesSources(rest: string): boolean {
  return /^(?:add|connect|sync|pause|resume)(?:\s|$)/i.test(rest);
}

/** Reads what stands behind `sources`; what begins with none of its words is a question about an actor. */
export function readSources(rest: string): Parsed<SourcesInput> {
  const text = rest.trim();
  if (text === '') return { kind: 'ok', input: { kind: 'state' } };
  if (/^presets?$/i.test(text)) return { kind: 'ok', input: { kind: 'presets' } };
  const [, verb = '', name = ''] = new RegExp(`^(${verbs})(?:\\s+([\\s\\S]*))?$`, 'i').exec(text) ?? [];
  if (verb === '') return { kind: 'question' };
  return readDeed(verb.toLowerCase(), name.trim());
}

function readDeed(verb: string, text: string): Parsed<SourcesInput> {
  const name = text.toLowerCase();
  if (verb === 'remove' || verb === 'delete') {
    return { kind: 'ok', input: { kind: 'elsewhere', what: 'remove' } };
  }
  const isAdding = verb === 'add' || verb === 'connect';
  // An address, a key or a file is never read, and never said again: it may hold a secret.
  if (isAdding && name !== '' && !namePattern.test(name)) {
    return { kind: 'ok', input: { kind: 'elsewhere', what: 'address' } };
  }
  if (isAdding) {
    return name === ''
      ? { kind: 'usage', problem: 'Say which; “sources presets” names what can be added.' }
      : { kind: 'ok', input: { kind: 'add', name } };
  }
  if (!namePattern.test(name)) {
    return { kind: 'usage', problem: 'Say which, by its name; “sources” names those that are connected.' };
  }
  const kind = verb === 'sync' || verb === 'pause' || verb === 'resume' ? verb : 'show';
  return { kind: 'ok', input: { kind, name } };
}
