import type { z } from 'zod';

export type SettingGroup =
  | 'Server'
  | 'Storage'
  | 'Knowledge'
  | 'Slack'
  | 'Microsoft Teams'
  | 'Digests'
  | 'Audit and limits';

/** One setting: everything that the loader, the documentation and the checks need to know of it. */
export interface Setting<Value, Default extends Value | undefined> {
  /** The environment variable; `NAME_FILE` names a file that holds the value. */
  readonly env: string;
  readonly group: SettingGroup;
  readonly schema: z.ZodType<Value, string>;
  readonly default: Default;
  /** What the schema takes, in words: follows "accepted: ". */
  readonly accepts: string;
  /** One sentence on what it does. */
  readonly help: string;
  /** True when its value must never be shown. */
  readonly secret: boolean;
}

export type AnySetting = Setting<unknown, unknown>;

type Described = Pick<AnySetting, 'env' | 'group' | 'accepts' | 'help'> & { readonly secret?: true };

/** A setting that may be absent. */
export function optional<Value>(
  schema: z.ZodType<Value, string>,
  described: Described,
): Setting<Value, undefined> {
  return { secret: false, ...described, schema, default: undefined };
}

/** A setting that has a default. */
export function withDefault<Value>(
  schema: z.ZodType<Value, string>,
  value: NoInfer<Value>,
  described: Described,
): Setting<Value, Value> {
  return { secret: false, ...described, schema, default: value };
}

/** The value that a setting has after loading: never undefined where it has a default. */
export type SettingValue<One> =
  One extends Setting<infer Value, infer Default>
    ? Value | (undefined extends Default ? undefined : never)
    : never;
