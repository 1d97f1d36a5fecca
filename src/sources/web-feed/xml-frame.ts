/** The root element of an XML document, found without reading further. */
export interface XmlRoot {
  /** As written, with its prefix. */
  readonly name: string;
  /** Without the prefix, in lower case. */
  readonly local: string;
  /** Where its `<` stands. */
  readonly at: number;
  /** True where the document declares entities of its own. */
  readonly hasEntities: boolean;
}

/**
 * Finds the root element behind declaration, comments and document type; where the text ends inside the document type,
 * the root is what that names. Nothing of a document type is ever looked up. Undefined when the text is no XML.
 */
export function findRoot(text: string): XmlRoot | undefined {
  let at = 0;
  let hasEntities = false;
  for (;;) {
    while (at < text.length && /[\s\uFEFF]/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) {
      at = behind(text, '?>', at);
    } else if (text.startsWith('<!--', at)) {
      at = behind(text, '-->', at + 4);
    } else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) {
      const doctype = readDoctype(text, at);
      hasEntities ||= doctype.hasEntities;
      if (doctype.end >= text.length) return rootOf(doctype.name, at, hasEntities);
      at = doctype.end;
    } else {
      const name = /^<([A-Za-z_][\w.:-]{0,80})/.exec(text.slice(at, at + 82))?.[1];
      return name === undefined ? undefined : rootOf(name, at, hasEntities);
    }
  }
}

function rootOf(name: string, at: number, hasEntities: boolean): XmlRoot | undefined {
  const local = name.slice(name.indexOf(':') + 1).toLowerCase();
  return local === '' ? undefined : { name, local, at, hasEntities };
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function readDoctype(text: string, start: number): { name: string; end: number; hasEntities: boolean } {
  const name = /^<!DOCTYPE\s{1,100}([A-Za-z_][\w.:-]{0,80})/i.exec(text.slice(start, start + 200))?.[1] ?? '';
  const stop = /["'[>]/g;
  stop.lastIndex = start + 9;
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] === '>') return { name, end: found.index + 1, hasEntities: false };
    if (found[0] === '[') {
      const subset = text.indexOf(']', found.index);
      const end = behind(text, '>', subset < 0 ? text.length : subset);
      return { name, end, hasEntities: /<!ENTITY/i.test(text.slice(found.index, end)) };
    }
    stop.lastIndex = behind(text, found[0], found.index + 1);
  }
  return { name, end: text.length, hasEntities: false };
}

/** An XML feed taken apart: each item apart from the others, so that a broken one costs itself only. */
export interface XmlParts {
  /** The document without its items. */
  readonly frame: string;
  /** The root's opening tag as written. */
  readonly rootTag: string;
  /** Empty for one that is not closed before the next. */
  readonly items: readonly string[];
  /** True where the document ends inside an item, a comment or a CDATA section. */
  readonly isCut: boolean;
}

/** A root tag longer than this is not repeated for every item. */
const maxRootTag = 4_096;

/** Parts a feed into its items (`item` or `entry`, with or without prefix) and the rest, in two passes. */
export function partXml(text: string, root: XmlRoot, item: 'item' | 'entry'): XmlParts {
  const { clean, isCut } = withoutComments(text.slice(root.at));
  const rootEnd = tagEnd(clean, 0);
  const rootTag = rootEnd <= maxRootTag ? clean.slice(0, rootEnd) : `<${root.name}>`;
  const items: string[] = [];
  const rest: string[] = [];
  const marks = new RegExp(`<!\\[CDATA\\[|<(/?)(?:[\\w.-]{1,40}:)?${item}(?=[\\s/>])`, 'gi');
  let open = -1;
  let done = 0;
  for (let found = marks.exec(clean); found !== null; found = marks.exec(clean)) {
    if (found[1] === undefined) {
      marks.lastIndex = behind(clean, ']]>', found.index);
      continue;
    }
    const end = tagEnd(clean, found.index);
    marks.lastIndex = end;
    if (found[1] === '') {
      if (open >= 0) items.push('');
      else rest.push(clean.slice(done, found.index));
      open = clean.charAt(end - 2) === '/' ? -1 : found.index;
      if (open < 0) items.push(clean.slice(found.index, end));
      done = end;
    } else if (open >= 0) {
      items.push(clean.slice(open, end));
      open = -1;
      done = end;
    }
  }
  if (open < 0) rest.push(clean.slice(done));
  return { frame: rest.join(''), rootTag, items, isCut: isCut || open >= 0 };
}

/** The place behind a tag's `>`; quoted values may hold one. */
function tagEnd(text: string, from: number): number {
  const stop = /["'>]/g;
  stop.lastIndex = from;
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] === '>') return found.index + 1;
    const quote = text.indexOf(found[0], found.index + 1);
    if (quote < 0) break;
    stop.lastIndex = quote + 1;
  }
  return text.length;
}

/** Comments are no content; CDATA sections stay as they are, whatever looks like a comment inside. */
function withoutComments(text: string): { readonly clean: string; readonly isCut: boolean } {
  const parts: string[] = [];
  const marks = /<!--|<!\[CDATA\[/g;
  let done = 0;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const isComment = found[0] === '<!--';
    const close = text.indexOf(isComment ? '-->' : ']]>', found.index + found[0].length);
    if (isComment || close < 0) parts.push(text.slice(done, found.index));
    if (close < 0) return { clean: parts.join(''), isCut: true };
    marks.lastIndex = close + 3;
    if (isComment) done = close + 3;
  }
  parts.push(text.slice(done));
  return { clean: parts.join(''), isCut: false };
}
