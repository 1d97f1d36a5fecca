import type { CommandContext } from '../commands/types.ts';
import type { FormInput, FormReply, FormRequest } from '../surfaces-types.ts';

/** One dialog: how it is opened, what a change of a field does to it, and what sending it does. */
export interface FormSpec {
  readonly open: (request: FormRequest, context: CommandContext) => Promise<FormReply>;
  readonly refresh: (input: FormInput, context: CommandContext) => Promise<FormReply>;
  readonly submit: (input: FormInput, context: CommandContext) => Promise<FormReply>;
}
