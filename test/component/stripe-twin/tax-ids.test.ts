import { describe, expect, it } from 'vitest';
import { refusal, useTwin } from './use-twin.ts';

describe('tax ids of a customer', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('are made, listed newest first, and deleted', async () => {
    const { id: customer } = await at.stripe.customers.create({ name: 'Example AB' });
    const other = await at.stripe.customers.create({ name: 'Another AB' });

    const swedish = await at.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'SE556677889901' });
    const norwegian = await at.stripe.customers.createTaxId(customer, { type: 'no_vat', value: '123456789MVA' });
    await at.stripe.customers.createTaxId(other.id, { type: 'gb_vat', value: 'GB123456789' });
    const listed = await at.stripe.customers.listTaxIds(customer);
    const deleted = await at.stripe.customers.deleteTaxId(customer, swedish.id);
    const left = await at.stripe.customers.listTaxIds(customer);

    expect(swedish).toMatchObject({ customer, country: 'SE', type: 'eu_vat', verification: { status: 'pending' } });
    expect(listed.data.map(({ id }) => id)).toEqual([norwegian.id, swedish.id]);
    expect(deleted).toMatchObject({ id: swedish.id, deleted: true });
    expect(left.data.map(({ value }) => value)).toEqual(['123456789MVA']);
  });

  it('are refused with an unknown type, a malformed value, and when they are gone already', async () => {
    const { id: customer } = await at.stripe.customers.create({ name: 'Example AB' });
    const { id } = await at.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'NL123456789B01' });
    await at.stripe.customers.deleteTaxId(customer, id);

    const unknown = await refusal(at.stripe.customers.createTaxId(customer, { type: 'se_vat', value: '1' }));
    const malformed = await refusal(at.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: '12 34' }));
    const gone = await refusal(at.stripe.customers.deleteTaxId(customer, id));

    expect(unknown).toMatchObject({ statusCode: 400, param: 'type' });
    expect(malformed).toMatchObject({ statusCode: 400, code: 'tax_id_invalid', param: 'value' });
    expect(gone).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});
