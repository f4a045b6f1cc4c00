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

  /** 310-260 serves US, PR, VI; 310-410 US, VI; 310-032 Guam alone; 338-05 JM, KY, LC, MS; 338-050 BM, TC. */
  it("of a network of several countries is that of its MCC's own country", () => {
    const zones = { us: { countries: ['US'] }, islands: { countries: ['PR', 'VI', 'GU', 'LC', 'TC'] } };
    const names = ['us', 'islands'];
    expect(chargeFrom('310260', { zones }, names)).toBe('in-us');
    expect(chargeFrom('310410', { zones }, names)).toBe('in-us');
    expect(chargeFrom('310032', { zones }, names)).toBe('in-islands');
    expect(chargeFrom('33805', { zones }, names)).toBe('elsewhere');
    expect(chargeFrom('338050', { zones }, names)).toBe('in-islands');
    expect(chargeFrom('310260', { zones: { islands: zones.islands } }, ['islands'])).toBe('elsewhere');
  });

  it('of a network of several countries is what the catalog says, where it names the network', () => {
    const zones = { us: { countries: ['US'] }, islands: { countries: ['PR', 'VI'], networks: ['310410'] } };
    expect(chargeFrom('310410', { zones }, ['us', 'islands'])).toBe('in-islands');
    expect(chargeFrom('310260', { zones }, ['us', 'islands'])).toBe('in-us');
    // 234-50 serves Guernsey and Jersey, which are apart here: only the network's name can tell.
    const channel = {
      guernsey: { countries: ['GG'], networks: ['23403', '23450', '23455'] },
      je: { countries: ['JE'] },
    };
    expect(chargeFrom('23450', { zones: channel }, ['guernsey', 'je'])).toBe('in-guernsey');
  });

  it("of the home country's networks is home, whatever else they serve", () => {
    const home = { networks: ['27001'], country: 'LU' };
    expect(chargeFrom('27099', { home, zones: { world: { rest: 'true' } } }, ['world'])).toBe('in-home');
    expect(chargeFrom('27077', { home, zones: { be: { countries: ['BE'] } } }, ['be'])).toBe('in-home');
    const american = { networks: ['310004'], country: 'US' };
    expect(chargeFrom('310260', { home: american, zones: { vi: { countries: ['VI'] } } }, ['vi'])).toBe('in-home');
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
