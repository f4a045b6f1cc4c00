import type Stripe from 'stripe';
import type { CustomerDetails, Customers } from '#shared/accounts/provisioning/billing-provider.ts';
import type { Address } from '#shared/accounts/records/account-fields.ts';
import { InvalidInput } from '#shared/platform/failure.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { callingStripe, StripeRefused } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Metadata key under which Stripe's objects carry the account's id. */
export const ACCOUNT_TAG = 'dunlin_account';

export function stripeCustomers(stripe: StripeSource): Customers {
  return {
    create: (account, identity) =>
      callingStripe(async () => {
        const client = await stripe();
        // Only what never changes: the same identity with other parameters would be refused.
        const params = { metadata: { [ACCOUNT_TAG]: account } };
        return (await client.customers.create(params, { idempotencyKey: identity })).id;
      }),

    // A plain list by time: the search index lags behind, and does not exist everywhere.
    find: (account, made) =>
      callingStripe(async () => {
        const created = { gte: Math.floor(made.start / SECOND), lte: Math.ceil(made.end / SECOND) };
        for await (const customer of (await stripe()).customers.list({ created, limit: 100 })) {
          if (customer.metadata[ACCOUNT_TAG] === account) return customer.id;
        }
        return undefined;
      }),

    readTaxIds: customer =>
      callingStripe(async () => {
        const listed = await Array.fromAsync((await stripe()).customers.listTaxIds(customer, { limit: 100 }));
        return listed.map(({ id, type, value }) => ({ id, type, value }));
      }),

    addTaxId: async (customer, { type, value }, identity) => {
      try {
        return await callingStripe(async () => {
          const client = await stripe();
          return (await client.customers.createTaxId(customer, { type, value }, { idempotencyKey: identity })).id;
        });
      } catch (error) {
        throw refusedDetail(error, 'taxIds');
      }
    },

    removeTaxId: async (customer, id) => {
      try {
        await callingStripe(async () => (await stripe()).customers.deleteTaxId(customer, id));
      } catch (error) {
        if (!(error instanceof StripeRefused && error.stripeCode === 'resource_missing')) throw error;
      }
    },

    describe: async (customer, details) => {
      try {
        await callingStripe(async () => (await stripe()).customers.update(customer, updateParams(details)));
      } catch (error) {
        throw refusedDetail(error);
      }
    },

    read: customer =>
      callingStripe(async () => {
        const storedCustomer = await (await stripe()).customers.retrieve(customer);
        if (storedCustomer.deleted === true) return { currency: undefined, paymentMethod: undefined };
        return {
          currency: storedCustomer.currency?.toUpperCase(),
          paymentMethod:
            idOf(storedCustomer.invoice_settings.default_payment_method) ?? idOf(storedCustomer.default_source),
        };
      }),
  };
}

function idOf(linked: string | { readonly id: string } | null): string | undefined {
  return typeof linked === 'string' ? linked : linked?.id;
}

/** An empty text clears what was there. */
function updateParams(details: CustomerDetails): Stripe.CustomerUpdateParams {
  return {
    name: details.name,
    email: details.email,
    phone: details.phone ?? '',
    address: details.address === undefined ? '' : addressParams(details.address),
    preferred_locales: [details.locale],
    ...(details.taxStatus !== undefined && { tax_exempt: TAX_EXEMPT[details.taxStatus] }),
  };
}

const TAX_EXEMPT = { taxable: 'none', exempt: 'exempt', 'reverse-charge': 'reverse' } as const;

function addressParams(address: Address): Stripe.AddressParam {
  return {
    line1: address.line1,
    line2: address.line2 ?? '',
    city: address.city,
    postal_code: address.postalCode,
    state: address.state ?? '',
    country: address.country,
  };
}

/** Where the caller's request has what Stripe calls so. */
const FIELD_OF: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  'preferred_locales[0]': 'locale',
  preferred_locales: 'locale',
  address: 'address',
  'address[postal_code]': 'address/postalCode',
  'address[line1]': 'address/line1',
  'address[line2]': 'address/line2',
  'address[city]': 'address/city',
  'address[state]': 'address/state',
  'address[country]': 'address/country',
};

/**
 * A detail that Stripe does not accept is the caller's to mend. Refusals of anything else stay what they are: Stripe's names
 * mean nothing to the caller.
 * @param field of the request, where the call is about one
 */
function refusedDetail(error: unknown, field?: string): unknown {
  if (!(error instanceof StripeRefused) || error.status !== 500 || error.param === undefined) return error;
  const path = field ?? FIELD_OF[error.param];
  if (path === undefined) return error;
  return new InvalidInput(422, 'detail-refused', `Stripe does not accept ${path}.`, {
    cause: error,
    errors: [{ path, code: 'refused-by-stripe', message: error.stripeMessage }],
  });
}
