import type { EntityType } from '../domain/entity-type.ts';

const minLength = 4;

const endings: Readonly<Partial<Record<EntityType, RegExp>>> = {
  'intrusion-set':
    / (?:(?:threat |hacking |hacker |cyber ?)?(?:group|gang|team|crew|actors?|operators?)|apt|apt group)$/i,
  malware: / (?:malware|ransomware|trojan|rat|backdoor|stealer|botnet|bot|loader|worm|spyware|locker)$/i,
  tool: / (?:tool|framework|rat)$/i,
};

/** A name without the general word at its end (and "The" in front of it); undefined where nothing is to be cut. */
export function shortenedName(name: string, type: EntityType): string | undefined {
  const ending = endings[type];
  if (ending === undefined) return undefined;
  const short = withoutArticle(name.replace(ending, '')).trim();
  return short === name || short.length < minLength ? undefined : short;
}

/** `TG-2884 (SCWX CTU)` without the note in brackets; the name itself where it has none. */
export function withoutNote(name: string): string {
  const open = name.lastIndexOf(' (');
  return open > 0 && name.endsWith(')') ? name.slice(0, open) : name;
}

/** `The Mask` without its article; the name itself where it has none. */
export function withoutArticle(name: string): string {
  return name.replace(/^the /i, '');
}
