import type { FormId } from '../../cards/form.ts';
import { editSubscriptionForm } from './edit-subscription.ts';
import { lookUpForm } from './look-up.ts';
import { settingsForm } from './settings.ts';
import { subscribeForm } from './subscribe.ts';
import type { FormSpec } from './types.ts';

/** Every dialog. */
export const forms: Readonly<Record<FormId, FormSpec>> = {
  'look-up': lookUpForm,
  subscribe: subscribeForm,
  'edit-subscription': editSubscriptionForm,
  settings: settingsForm,
};
