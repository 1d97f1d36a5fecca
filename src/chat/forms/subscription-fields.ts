import type { FormField, FormValues } from '../../cards/form.ts';
import {
  type DigestShape,
  digestShapes,
  type EmptyDayRule,
  emptyDayRules,
} from '../../domain/subscription.ts';
import { isAllowed, type Tlp, tlpLabel, tlpLevels } from '../../domain/tlp.ts';
import { chosenOf } from './form-values.ts';

const shapeLabels: Readonly<Record<DigestShape, string>> = {
  message: 'One message',
  thread: 'A short message, the items in its thread',
};
const emptyDayLabels: Readonly<Record<EmptyDayRule, string>> = {
  silent: 'Say nothing',
  line: 'Say so in one line',
};
/** No level of TLP: what the place itself may see. */
const asPlace = 'place';

/** How a digest looks, and what it may hold at most. */
export function shapeFields(values: FormValues, placeCeiling: Tlp): readonly FormField[] {
  const { shape, emptyDay, ceiling } = readShapeFields(values);
  const levels = tlpLevels.filter((level) => isAllowed(level, placeCeiling) || level === ceiling);
  return [
    {
      type: 'choice',
      id: 'shape',
      label: 'Form',
      options: digestShapes.map((value) => ({ value, label: shapeLabels[value] })),
      value: shape,
    },
    {
      type: 'choice',
      id: 'emptyDay',
      label: 'When nothing is new',
      options: emptyDayRules.map((value) => ({ value, label: emptyDayLabels[value] })),
      value: emptyDay,
    },
    {
      type: 'choice',
      id: 'ceiling',
      label: 'Nothing marked higher than',
      options: [
        { value: asPlace, label: 'What this place may see' },
        ...levels.map((value) => ({ value, label: tlpLabel(value) })),
      ],
      value: ceiling ?? asPlace,
    },
  ];
}

export interface ShapeValues {
  readonly shape: DigestShape;
  readonly emptyDay: EmptyDayRule;
  /** Undefined: what the place may see. */
  readonly ceiling: Tlp | undefined;
}

/** What was chosen; what was not is as usual. */
export function readShapeFields(values: FormValues): ShapeValues {
  return {
    shape: chosenOf(values, 'shape', digestShapes) ?? 'message',
    emptyDay: chosenOf(values, 'emptyDay', emptyDayRules) ?? 'silent',
    ceiling: chosenOf(values, 'ceiling', tlpLevels),
  };
}

/** The values of the fields for a subscription that there is. */
export function shapeValues(one: {
  readonly shape: DigestShape;
  readonly emptyDay: EmptyDayRule;
  readonly ceiling?: Tlp;
}): FormValues {
  return { shape: [one.shape], emptyDay: [one.emptyDay], ceiling: [one.ceiling ?? asPlace] };
}
