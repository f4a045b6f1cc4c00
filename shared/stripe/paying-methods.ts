import * as z from 'zod';
import type { NamedMethods, PayingMethods } from '#shared/accounts/paying-method.ts';
import { Moment } from './fields.ts';
import { callingStripe } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

const Method = z.object({ id: z.string(), created: Moment }).transform(({ id, created }) => ({ id, since: created }));

const Subscription = z.object({
  payment_settings: z.object({ save_default_payment_method: z.string().nullish() }).nullish(),
  default_payment_method: Method.nullish(),
  customer: z.object({
    deleted: z.boolean().optional(),
    invoice_settings: z.object({ default_payment_method: Method.nullish() }).nullish(),
  }),
});

const BOTH = ['default_payment_method', 'customer.invoice_settings.default_payment_method'];

export function stripePayingMethods(stripe: StripeSource): PayingMethods {
  return {
    read: id => callingStripe(async () => namedBy(await (await stripe()).subscriptions.retrieve(id, { expand: BOTH }))),
    makeDefault: (customer, method) =>
      callingStripe(async () => {
        const invoice_settings = { default_payment_method: method };
        await (await stripe()).customers.update(customer, { invoice_settings });
      }),
    dropOwn: id =>
      callingStripe(async () => {
        await (await stripe()).subscriptions.update(id, { default_payment_method: '' });
      }),
  };
}

function namedBy(found: unknown): NamedMethods | undefined {
  const { payment_settings, default_payment_method, customer } = Subscription.parse(found);
  if (customer.deleted === true || payment_settings?.save_default_payment_method !== 'on_subscription')
    return undefined;
  return {
    byDefault: customer.invoice_settings?.default_payment_method ?? undefined,
    own: default_payment_method ?? undefined,
  };
}
