import type { HandoverDesk } from '../audit-handover.ts';
import type { AuditReader } from '../audit-reader.ts';
import type { Desk } from '../desk.ts';
import type { DigestDesk } from '../digest-desk.ts';
import type { EvidenceDesk } from '../evidence.ts';
import type { Deed } from '../permission-rules.ts';
import type { SettingName } from '../setting-values.ts';
import type { SourceChanges } from '../source-changes.ts';
import type { Subscriptions } from '../subscriptions.ts';
import type { Threads } from '../threads.ts';
import type { Asker, Place, Reply } from '../types.ts';
import type { WatchList } from '../watch-list.ts';
import type { WorkspaceSettings } from '../workspace-settings.ts';

/** What a command runs with. */
export interface CommandContext {
  /** Answers in the names that the place's workspace chose. */
  readonly desk: Desk;
  readonly place: Place;
  /** True: cards leave nothing out, for paging. */
  readonly whole: boolean;
  /** Who asks: the platform's opaque id. */
  readonly person: string;
  /** What the platform says of who asks; absent: nothing, so that the least is allowed. */
  readonly asker?: Asker;
  readonly settings: WorkspaceSettings;
  /** Why the asker may not do something, as a sentence with the remedy; undefined when they may. */
  readonly refusal: (deed: Deed) => Promise<string | undefined>;
  /** Whether the asker may, for what is only offered to those who may. */
  readonly may: (deed: Deed) => Promise<boolean>;
  /** Why the asker may not change one setting; undefined when they may. Absent: `offered`, which is not noted in the audit. */
  readonly settingRefusal: (name: SettingName, when?: 'tried' | 'offered') => Promise<string | undefined>;
  /** What places are subscribed to; absent: nothing is delivered from here. */
  readonly subscriptions?: Subscriptions;
  /** What people watch, and what places have muted. */
  readonly watchList?: WatchList;
  /** Digests out of their turn; absent: they come by their schedule alone. */
  readonly digests?: DigestDesk;
  /** What answers rested on when they were given; absent: nothing is kept of them. */
  readonly evidence?: EvidenceDesk;
  /** What a team did meanwhile; absent: nothing is kept of it. */
  readonly handovers?: HandoverDesk;
  /** Changes of connected sources; absent: this process syncs none. */
  readonly sourceChanges?: SourceChanges;
  /** Who asked and changed what; absent: nothing is kept of it. */
  readonly auditReader?: AuditReader;
  /** What conversations spoke of; absent: nothing is carried from one question to the next. */
  readonly threads?: Threads;
}

/** What commands use that not every host has. */
export type CommandServices = Pick<
  CommandContext,
  'subscriptions' | 'watchList' | 'digests' | 'evidence' | 'handovers' | 'sourceChanges' | 'auditReader'
>;

export type Parsed<Input> =
  | { readonly kind: 'ok'; readonly input: Input }
  /** The verb is meant, but not like this: the problem goes to the asker with the usage. */
  | { readonly kind: 'usage'; readonly problem: string }
  /** The text only begins like the verb ("help us understand APT39"): it is a question. */
  | { readonly kind: 'question' };

/** A command as it is written down: one file each, and one row of the table. */
export interface CommandSpec<Input> {
  /** The verb, one lower-case word. */
  readonly name: string;
  /** One sentence, at most 128 characters. */
  readonly summary: string;
  readonly usage: string;
  /** Texts that work as they stand. */
  readonly examples: readonly string[];
  /**
   * True when running it with this behind the verb changes something: then it is never run once more to page or share
   * what it said. Absent: it never does.
   */
  readonly changes?: (rest: string) => boolean;
  /** What one must be let to do to run it at all; `nothing`: everybody may. Absent: look things up. */
  readonly needs?: Deed | 'nothing';
  /** Reads what stands behind the verb. */
  readonly parse: (rest: string) => Parsed<Input>;
  readonly run: (input: Input, context: CommandContext) => Promise<Reply>;
}

/** A row of the table: a command whose input type is its own affair. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  readonly changes: (rest: string) => boolean;
  readonly needs: Deed | 'nothing';
  readonly prepare: (rest: string) => Prepared;
}

export type Prepared =
  | { readonly kind: 'ready'; readonly run: (context: CommandContext) => Promise<Reply> }
  | { readonly kind: 'usage'; readonly problem: string }
  | { readonly kind: 'question' };

/** Ties a command's parser to its run, so that the table holds commands of any input. */
export function defineCommand<Input>(spec: CommandSpec<Input>): Command {
  const { name, summary, usage, examples } = spec;
  return {
    name,
    summary,
    usage,
    examples,
    changes: spec.changes ?? (() => false),
    needs: spec.needs ?? 'look-up',
    prepare: (rest) => {
      const parsed = spec.parse(rest);
      return parsed.kind === 'ok'
        ? { kind: 'ready', run: (context) => spec.run(parsed.input, context) }
        : parsed;
    },
  };
}
