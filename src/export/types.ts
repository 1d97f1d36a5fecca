import type { Answer } from '../briefing/types.ts';

export const exportForms = ['stix', 'markdown', 'json', 'csv'] as const;
export type ExportForm = (typeof exportForms)[number];

export type ExportOutcome =
  | {
      readonly kind: 'exported';
      readonly text: string;
      /** What was left out, in words for the person who exports; empty where nothing was. */
      readonly notes: readonly string[];
    }
  /** There is nothing, or not one thing, to export; the answer says what there is instead. */
  | { readonly kind: 'unclear'; readonly answer: Answer };
