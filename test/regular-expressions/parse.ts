/** A regular expression as a tree, as far as it takes to make texts from it. */
export type Part =
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly options: readonly Part[] }
  | { readonly kind: 'repeat'; readonly body: Part; readonly min: number; readonly max: number }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negated: boolean; readonly body: Part }
  | { readonly kind: 'nothing' };

/** Reads a pattern. It has been compiled before, so what it cannot know here stands for itself. */
export function parsePattern(pattern: string): Part {
  const reader = new Reader(pattern);
  return reader.choice();
}

const nothing: Part = { kind: 'nothing' };
const atomForms =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<[^>]*>|[^])|[^]/uy;
const groupStart = /\((?:\?(?:<(?![=!])[^>]*>|[a-z]*(?:-[a-z]+)?:|(<?)([=!])))?/y;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

class Reader {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  choice(): Part {
    const options = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at += 1;
      options.push(this.sequence());
    }
    return options.length === 1 ? (options[0] ?? nothing) : { kind: 'choice', options };
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')')
      parts.push(this.repeated(this.atom()));
    return { kind: 'sequence', parts };
  }

  private repeated(body: Part): Part {
    const found = this.take(quantifier);
    if (found === null) return body;
    const [, sign, low, comma, high] = found;
    if (sign !== undefined)
      return { kind: 'repeat', body, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    const min = Number(low);
    return { kind: 'repeat', body, min, max: high ? Number(high) : comma ? Infinity : min };
  }

  private atom(): Part {
    const char = this.pattern[this.at];
    if (char === '(') return this.group();
    if (char === '[') return { kind: 'set', source: this.set() };
    const source = this.take(atomForms)?.[0] ?? '';
    if (source === '^' || source === '$' || /^\\(?:[bB]|[1-9]|k<)/.test(source)) return nothing;
    return { kind: 'set', source };
  }

  private group(): Part {
    const [, behind, look] = this.take(groupStart) ?? [];
    const body = this.choice();
    this.at += 1;
    return look === undefined ? body : { kind: 'look', ahead: behind === '', negated: look === '!', body };
  }

  /** A set with its brackets. A bracket inside stands for itself, as it does without the flag `v`. */
  private set(): string {
    const start = this.at;
    let depth = 0;
    do {
      const char = this.pattern[this.at];
      if (char === '\\') this.at += 1;
      else if (char === '[' && depth === 0) depth = 1;
      else if (char === ']') depth = 0;
      this.at += 1;
    } while (depth > 0 && this.at < this.pattern.length);
    return this.pattern.slice(start, this.at);
  }

  private take(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.at;
    const found = form.exec(this.pattern);
    if (found !== null) this.at = form.lastIndex;
    return found;
  }
}
