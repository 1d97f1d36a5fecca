import type { Card } from '../cards/card.ts';
import type { Form, FormId, FormOption, FormProblem, FormValues, OptionSource } from '../cards/form.ts';
import type { EntityType } from '../domain/entity-type.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Asker, Place, Reply } from './types.ts';

/** Who asks for something, where, and when. */
export interface Asked {
  readonly place: Place;
  readonly person: string;
  readonly asker?: Asker;
  readonly now: Date;
}

export interface FormRequest extends Asked {
  readonly form: FormId;
  /** What the button that opens it carried. */
  readonly entity?: string;
  readonly question?: string;
}

export interface FormInput extends Asked {
  readonly form: FormId;
  readonly values: FormValues;
  readonly state?: string;
  /** The button beside sending that was pressed; absent: it was sent, or a field that refreshes was changed. */
  readonly button?: string;
}

export type FormReply =
  | { readonly kind: 'form'; readonly form: Form; readonly problems?: readonly FormProblem[] }
  /** Done: what to tell the one who sent it. */
  | { readonly kind: 'done'; readonly reply: Reply }
  /** The form stays open; this is told beside it, to the one who pressed. */
  | { readonly kind: 'beside'; readonly form: Form; readonly reply: Reply };

export interface OptionsRequest extends Asked {
  readonly source: OptionSource;
  readonly text: string;
  readonly limit: number;
}

/** A thing found by typing, with what a preview says of it. Nothing above the place's ceiling. */
export interface Found {
  readonly id: string;
  readonly type: EntityType;
  readonly name: string;
  /** The name that was matched, when it is another. */
  readonly matched?: string;
  /** One line: kind, other names, country. */
  readonly hint: string;
}

/**
 * What platforms with dialogs, a home page, type-ahead and links offer beside conversation. The same rules hold as for
 * questions: nothing above the place's ceiling, permissions are checked at each call, nothing rejects for what a person
 * can type.
 */
export interface Surfaces {
  openForm(request: FormRequest): Promise<FormReply>;
  /** A field that refreshes was changed. */
  refreshForm(input: FormInput): Promise<FormReply>;
  submitForm(input: FormInput): Promise<FormReply>;
  /** For a search field; at most `limit`. */
  options(request: OptionsRequest): Promise<readonly FormOption[]>;
  /** For type-ahead outside forms, such as a message extension; with nothing typed, what the person looked up last. */
  find(request: Asked & { readonly text: string; readonly limit: number }): Promise<readonly Found[]>;
  /** Everything that a text names (a message with its attachments and files): a ranked list, with cards behind buttons. */
  briefText(request: Asked & { readonly text: string }): Promise<Reply>;
  /** The person's own page: watches, subscriptions, sources, recent look-ups, what failed, settings for admins. */
  home(request: Asked): Promise<Card>;
  /** The short card behind one of our own links (`/actor/ID-OR-NAME`); undefined for what is not known there. */
  linked(request: Asked & { readonly path: string }): Promise<Card | undefined>;
}

/** A link of ours to a thing: `https://HOST/actor/APT39`. */
export const actorPathPrefix = '/actor/';

/** The most that a link's preview may say: it is cached and forwarded by platforms, outside of our sight. */
export const linkCeiling: Tlp = 'clear';
