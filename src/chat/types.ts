import type { Answer } from '../briefing/types.ts';
import type { ActionValue, Card } from '../cards/card.ts';
import type { Tlp } from '../domain/tlp.ts';

/** Where something is asked. Ids are opaque outside the platform's own adapter. */
export interface Place {
  readonly platform: 'slack' | 'teams' | 'playground' | 'cli';
  readonly id: string;
  /** Whose settings apply, as an opaque key: one Slack workspace, one tenant, or this machine. Absent: the defaults. */
  readonly workspace?: string;
  readonly kind: 'direct' | 'group' | 'channel';
  /** The conversation that a question belongs to, as an opaque key; absent: each question stands alone. */
  readonly thread?: string;
  /** The strictest marking this place may see; CLEAR when its readers are not known for sure. */
  readonly ceiling: Tlp;
  /** Why nothing can be posted there by itself, as a sentence with the remedy; absent: nothing is known to be in the way. */
  readonly cannotPost?: string;
}

/** What the platform says of the one who asks; absent members are not known, and then the least is allowed. */
export interface Asker {
  readonly role?: 'admin' | 'member' | 'guest';
  /** The person's own time zone, an IANA name. */
  readonly zone?: string;
  /** True: the person is a member of the place that the request comes from. */
  readonly isMemberHere?: boolean;
  /**
   * Whether the person is a member of another place of the workspace, by its id; undefined when it cannot be told. Absent:
   * the platform does not tell it. Never rejects.
   */
  readonly isMemberOf?: (placeId: string) => Promise<boolean | undefined>;
  /** The id that the organisation's directory has for the person, where `person` is another. */
  readonly accountId?: string;
  /** Whether the person is in a user group; undefined when it cannot be told. Absent: the platform tells of no groups. Never rejects. */
  readonly isInGroup?: (groupId: string) => Promise<boolean | undefined>;
}

export interface ChatRequest {
  /** What was typed, without the command's name or the mention. */
  readonly text: string;
  readonly place: Place;
  /** Who asked: the platform's opaque id. */
  readonly person: string;
  readonly asker?: Asker;
  readonly now: Date;
}

export interface ActionRequest {
  readonly value: ActionValue;
  readonly place: Place;
  readonly person: string;
  readonly asker?: Asker;
  readonly now: Date;
}

/** What to show, and to whom. An adapter renders the card and sends it. */
export interface Reply {
  readonly card: Card;
  /** `asker`: only the one who asked; `place`: everyone there; `replace`: in place of the card that was pressed. */
  readonly audience: 'asker' | 'place' | 'replace';
  /** The answer behind the card, where there is one. */
  readonly answer?: Answer;
  /** What the card was composed for, where a workspace chose another ceiling than the place's own. */
  readonly ceiling?: Tlp;
  /** Why nothing was answered, for the audit: not allowed, over a limit, or something failed. */
  readonly outcome?: 'refused' | 'limited' | 'failed';
}

/** The platform-neutral bot: every adapter turns its platform's input into these calls and sends what they give. */
export interface Chat {
  /** Never rejects for anything a person can type; an unexpected failure gives an error card with a reference id. */
  handle(request: ChatRequest): Promise<Reply>;
  handleAction(request: ActionRequest): Promise<Reply>;
}

/** One chat platform, started by the server when it is configured. */
export interface ChatPlatform {
  readonly name: Place['platform'];
  start(): Promise<void>;
  stop(): Promise<void>;
}
