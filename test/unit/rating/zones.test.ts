import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, NOVEMBER } from '#test/builders/rating.ts';

const PRICE = { price: { EUR: '0.10' } };

/** The charge of a text message sent from a network; each zone has its own. */
function chargeFrom(
  network: string | undefined,
  sections: SourceFields,
  zones: readonly string[],
): string | null | undefined {
  const charges = [
    ...['home', ...zones].map(zone => ({ id: `in-${zone}`, kind: 'sms', from: [zone], ...PRICE })),
    { id: 'elsewhere', kind: 'sms', ...PRICE },
  ];
  const catalog = aCatalog({ ...sections, plans: [aPlan({ fee: { EUR: '10.00' }, charges })] });
  const records = [aRecord({ kind: 'sms', units: 1, network })];
  const rated = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs: [catalog], itemised: true });
  return rated.records[0]?.charge;
}

/** MCC: 240 Sweden, 262 Germany, 208 France, 310 United States, 234 United Kingdom (234-50: Jersey), 901 international. */
describe('The zone of a serving network', () => {
  const zones = { eu: { countries: ['DE', 'FR'] }, partner: { networks: ['24007', '26202'] }, world: { rest: 'true' } };

  it.each([
    [undefined, 'in-home'],
    ['24001', 'in-home'],
    ['24099', 'in-home'], // other networks of the home country
    ['24007', 'in-partner'], // unless a zone names them
    ['26201', 'in-eu'],
    ['26202', 'in-partner'], // a named network wins over its country
    ['20801', 'in-eu'],
    ['310260', 'in-world'],
    ['90101', 'in-world'],
    ['99999', 'in-world'],
  ])('of %s is %s', (network, expected) => {
    expect(chargeFrom(network, { zones }, ['eu', 'partner', 'world'])).toBe(expected);
  });

  it('may be none when there is no rest', () => {
    expect(chargeFrom('310260', { zones: { eu: { countries: ['DE'] } } }, ['eu'])).toBe('elsewhere');
  });

  it("of a network that belongs to another country than its MCC is that country's", () => {
    const british = { uk: { countries: ['GB'] }, jersey: { countries: ['JE'] } };
    expect(chargeFrom('23410', { zones: british }, ['uk', 'jersey'])).toBe('in-uk');
    expect(chargeFrom('23450', { zones: british }, ['uk', 'jersey'])).toBe('in-jersey');
    expect(chargeFrom('23450', { zones: { uk: { countries: ['GB'] } } }, ['uk'])).toBe('elsewhere');
    const partner = { ...british, partner: { networks: ['23450'] } };
    expect(chargeFrom('23450', { zones: partner }, ['uk', 'jersey', 'partner'])).toBe('in-partner');
  });

  it('may take the home country as a zone of its own', () => {
    const national = { national: { countries: ['SE'] } };
    expect(chargeFrom('24001', { zones: national }, ['national'])).toBe('in-home');
    expect(chargeFrom('24099', { zones: national }, ['national'])).toBe('in-national');
  });

  it('tells MNC 01 from MNC 001', () => {
    const zones = { a: { networks: ['31001'] }, b: { networks: ['310001'] } };
    expect(chargeFrom('31001', { zones }, ['a', 'b'])).toBe('in-a');
    expect(chargeFrom('310001', { zones }, ['a', 'b'])).toBe('in-b');
  });
});
