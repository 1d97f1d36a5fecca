import { z } from 'zod';
import type { FormValues } from '../../cards/form.ts';
import { fieldOfBlock } from '../../cards/slack/form-ids.ts';

/** Who did something in a view, or opened one. */
export interface ViewPerson {
  readonly userId: string;
  readonly userTeamId?: string;
  /** The team whose installation it is about; absent with an organisation-wide install. */
  readonly teamId?: string;
}

/** The view in which something was done. */
export interface SeenView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly callbackId: string;
  readonly metadata: string;
  readonly values: FormValues;
  /** The blocks that the view has. */
  readonly blockIds: readonly string[];
  /** Of the state in which it was seen: an update that names an older one is refused. */
  readonly hash?: string;
}

export interface ViewSubmission extends ViewPerson {
  readonly view: SeenView;
}

/** A press or a change of a field inside a view. */
export interface ViewPress extends ViewPerson {
  readonly view: SeenView;
  readonly actionId: string;
  /** What a button, or a menu's option, carries. */
  readonly value?: string;
  readonly triggerId?: string;
}

export interface OptionsQuery extends ViewPerson {
  readonly actionId: string;
  readonly text: string;
  readonly metadata: string;
}

export interface HomeOpened {
  readonly teamId: string;
  readonly userId: string;
}

const text = z.string();
const maybeText = z.string().nullish();
const option = z.object({ value: text }).nullish();

const personSchema = z.object({
  user: z.object({ id: text, team_id: maybeText }),
  team: z.object({ id: text }).nullish(),
});

/** One input's state: a text, an option, or several. */
const stateSchema = z.object({
  value: maybeText,
  selected_option: option,
  selected_options: z.array(z.object({ value: text })).nullish(),
});

const viewSchema = z.object({
  id: text,
  type: z.enum(['modal', 'home']),
  callback_id: text.default(''),
  private_metadata: text.default(''),
  hash: maybeText,
  blocks: z.array(z.object({ block_id: maybeText })).nullish(),
  state: z.object({ values: z.record(text, z.record(text, z.unknown())) }).nullish(),
});

const submissionSchema = personSchema.extend({ view: viewSchema });

const pressSchema = personSchema.extend({
  view: viewSchema,
  trigger_id: maybeText,
  actions: z.array(z.object({ action_id: text, value: maybeText, selected_option: option })).min(1),
});

const optionsSchema = personSchema.extend({
  action_id: text,
  value: text.default(''),
  view: z.object({ private_metadata: text.default('') }).nullish(),
});

const homeSchema = z.object({
  team_id: text.default(''),
  authorizations: z.array(z.object({ team_id: maybeText })).nullish(),
  event: z.object({ user: text, tab: maybeText }),
});

type RawPerson = z.infer<typeof personSchema>;
type RawView = z.infer<typeof viewSchema>;

function toPerson({ user, team }: RawPerson): ViewPerson {
  return {
    userId: user.id,
    ...(user.team_id ? { userTeamId: user.team_id } : {}),
    ...(team ? { teamId: team.id } : {}),
  };
}

function toView({ id, type, callback_id, private_metadata, hash, state, blocks }: RawView): SeenView {
  return {
    id,
    type,
    callbackId: callback_id,
    metadata: private_metadata,
    values: toFormValues(state?.values ?? {}),
    blockIds: (blocks ?? []).flatMap((block) => block.block_id ?? []),
    ...(hash ? { hash } : {}),
  };
}

/** A view's state as the form's values; what is empty, or no field of ours, is left out. */
export function toFormValues(state: Readonly<Record<string, Readonly<Record<string, unknown>>>>): FormValues {
  const values: [string, readonly string[]][] = [];
  for (const [blockId, elements] of Object.entries(state)) {
    const field = fieldOfBlock(blockId);
    const [element] = Object.values(elements);
    const read = stateSchema.safeParse(element);
    if (field === undefined || !read.success) continue;
    const { value, selected_option, selected_options } = read.data;
    const listed = selected_options?.map((one) => one.value) ?? [selected_option?.value ?? value ?? ''];
    const filled = listed.filter((one) => one !== '');
    if (filled.length > 0) values.push([field, filled]);
  }
  return Object.fromEntries(values);
}

/** Reads `view_submission`; undefined when it is none. */
export function parseViewSubmission(body: unknown): ViewSubmission | undefined {
  const read = submissionSchema.safeParse(body);
  return read.success ? { ...toPerson(read.data), view: toView(read.data.view) } : undefined;
}

/** Reads `block_actions` that come from a view; undefined for those of messages. */
export function parseViewPress(body: unknown): ViewPress | undefined {
  const read = pressSchema.safeParse(body);
  const action = read.data?.actions[0];
  if (!read.success || action === undefined) return undefined;
  const value = action.value ?? action.selected_option?.value;
  return {
    ...toPerson(read.data),
    view: toView(read.data.view),
    actionId: action.action_id,
    ...(value ? { value } : {}),
    ...(read.data.trigger_id ? { triggerId: read.data.trigger_id } : {}),
  };
}

/** Reads `block_suggestion`; undefined when it is none. */
export function parseOptionsQuery(body: unknown): OptionsQuery | undefined {
  const read = optionsSchema.safeParse(body);
  if (!read.success) return undefined;
  const { action_id, value, view } = read.data;
  return {
    ...toPerson(read.data),
    actionId: action_id,
    text: value,
    metadata: view?.private_metadata ?? '',
  };
}

const shortcutSchema = personSchema.extend({ trigger_id: text });

/** Reads a global shortcut; undefined when it is none. */
export function parseLookUpShortcut(
  body: unknown,
): (ViewPerson & { readonly triggerId: string }) | undefined {
  const read = shortcutSchema.safeParse(body);
  return read.success ? { ...toPerson(read.data), triggerId: read.data.trigger_id } : undefined;
}

/** Reads `app_home_opened` of the home tab; undefined for the others. */
export function parseHomeOpened(body: unknown): HomeOpened | undefined {
  const read = homeSchema.safeParse(body);
  if (!read.success || (read.data.event.tab ?? 'home') !== 'home') return undefined;
  const { authorizations, team_id, event } = read.data;
  return { teamId: authorizations?.[0]?.team_id ?? team_id, userId: event.user };
}
