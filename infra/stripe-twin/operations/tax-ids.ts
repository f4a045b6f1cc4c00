import { announce } from '../events/announcing.ts';
import { create } from '../events/recording.ts';
import { asStored } from '../objects/as-stored.ts';
import { customerFrom, customerOf } from '../objects/customers.ts';
import { taxIdsOf } from '../objects/tax-ids.ts';
import type { TaxId } from '../records/tax-ids.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { pageOf } from '../wire/pages.ts';
import { choice, pageParams, text } from '../wire/params.ts';
import { TAX_ID_TYPES } from '../wire/tax-id-types.ts';
import { operation } from './operation.ts';

/** Types that Stripe verifies with a register, some time after they were made. */
const VERIFIED = ['eu_vat', 'gb_vat', 'au_abn'];

export const taxIdOperations = [
  operation({
    method: 'POST',
    path: '/v1/customers/{customer}/tax_ids',
    params: { type: choice(...TAX_ID_TYPES), value: text() },
    handle({ world, params: { type, value }, ids }) {
      const customer = customerOf(world, ids.customer);
      if (!isWellFormed(type, value)) {
        throw invalidRequest(`Invalid value for ${type}.`, { param: 'value', code: 'tax_id_invalid' });
      }
      const made: TaxId = {
        id: world.ids.next('txi'),
        object: 'tax_id',
        country: countryOf(type, value),
        created: world.unixNow(),
        customer: customer.id,
        customer_account: null,
        livemode: false,
        owner: { type: 'customer', customer: customer.id },
        type,
        value,
        verification: {
          status: VERIFIED.includes(type) ? 'pending' : 'unavailable',
          verified_address: null,
          verified_name: null,
        },
      };
      return asStored(create(world, 'tax_id', 'customer.tax_id.created', made));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}/tax_ids',
    params: pageParams,
    handle: ({ world, params: page, ids, path }) =>
      pageOf(taxIdsOf(world, customerFrom(world, ids.customer).id), page, path, asStored),
  }),
  operation({
    method: 'DELETE',
    path: '/v1/customers/{customer}/tax_ids/{id}',
    params: {},
    handle({ world, ids }) {
      const standing = taxIdsOf(world, customerOf(world, ids.customer).id).find(({ id }) => id === ids.id);
      if (!standing) throw noSuch('tax_id', ids.id, 'id');
      world.store.remove('tax_id', standing.id);
      announce(world, 'customer.tax_id.deleted', asStored(standing));
      return { id: standing.id, object: 'tax_id', deleted: true };
    },
  }),
];

/** Stripe knows the form of each type; the twin that of the European Union's: a country, and 2 to 13 characters. */
function isWellFormed(type: string, value: string): boolean {
  return type !== 'eu_vat' || /^[A-Z]{2}[0-9A-Z+*]{2,13}$/.test(value);
}

function countryOf(type: string, value: string): string | null {
  return type === 'eu_vat' ? value.slice(0, 2) : type.slice(0, 2).toUpperCase();
}
