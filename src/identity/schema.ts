import { z } from 'zod';
import { parseTlp } from '../domain/tlp.ts';

/** More members than this in one group are a list of something else. */
export const maxMembers = 50;
const maxTextChars = 500;

const memberSchema = z
  .string({ error: 'must be an id or a name' })
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, { error: 'is empty; write an id or a name' })
      .max(300, { error: 'is longer than 300 characters' }),
  );

const membersSchema = z
  .array(memberSchema, { error: 'must be a list of two or more ids or names' })
  .min(2, { error: 'needs two or more ids or names' })
  .max(maxMembers, { error: `has more than ${maxMembers} members; write several groups` });

const textSchema = z
  .string({ error: 'must be a text' })
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().max(maxTextChars, { error: `is longer than ${maxTextChars} characters` }));

const dateSchema = z
  .string({ error: 'must be a date such as 2026-01-31' })
  .transform((text) => text.trim())
  .refine((text) => /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(text) && !Number.isNaN(Date.parse(text)), {
    error: 'must be a date such as 2026-01-31',
  });

const tlpSchema = z
  .string({ error: 'must be clear, green, amber, amber+strict or red' })
  .transform((text, context) => {
    const parsed = parseTlp(text);
    if (parsed !== undefined && !parsed.unknown) return parsed.tlp;
    context.addIssue({ code: 'custom', message: 'must be clear, green, amber, amber+strict or red' });
    return z.NEVER;
  });

const detailedSchema = z.strictObject({
  members: membersSchema,
  reason: textSchema.optional(),
  by: textSchema.optional(),
  date: dateSchema.optional(),
  tlp: tlpSchema.optional(),
});

export type IdentityGroupFile = z.output<typeof detailedSchema>;

/** Reads one group by the form that it has, so that a problem speaks of that form. */
export function readGroup(value: unknown): z.ZodSafeParseResult<IdentityGroupFile> {
  return Array.isArray(value)
    ? membersSchema.transform((members): IdentityGroupFile => ({ members })).safeParse(value)
    : detailedSchema.safeParse(value);
}

export const groupKeys = ['members', 'reason', 'by', 'date', 'tlp'] as const;
export const fileKeys = ['same', 'different'] as const;
