import { describe, expect, it } from 'vitest';
import { check, SOUND, VOICE, warnings } from './sound-folder.ts';

/** The warnings of one code that replacing a piece of the sound catalog makes. */
function warningsAfter(code: string, piece: string, replacement: string, voice = VOICE): string[] {
  expect(SOUND).toContain(piece);
  const yaml = SOUND.replace(piece, replacement);
  expect(check(yaml, voice)).toEqual([]);
  return warnings(yaml, voice)
    .filter(text => text.includes(`: warning: ${code}: `))
    .map(text => text.replace(`: warning: ${code}`, ''));
}

const SAME = 'id: basic';
/** Sweden is in the EU: the emergency numbers, then the harmonised numbers of 2007/116/EC. */
const AT_HOME = '112, 911, 116000, 116006, 116111, 116117, 116123';
const FREE_ROWS = AT_HOME.split(', ').map(number => `exact:${number},Help,*,0,EUR,0,0,1 min,\n`);

describe('A band', () => {
  it('that nothing uses is a warning', () => {
    expect(
      warningsAfter('unused-band', 'peak: {', 'friday: { days: [fri], from: "18:00", to: "24:00" }\n  peak: {'),
    ).toEqual([
      'catalog.yaml:9: no charge, allowance or table row is for band "friday" (its hours cost what others cost)',
    ]);
  });

  it('is used by a row of a table, a charge or an allowance', () => {
    expect(warningsAfter('unused-band', SAME, SAME)).toEqual([]);
    const withoutRow = VOICE.replace('46,Sweden,peak,0,EUR,0.05,0.20,60,\n', '');
    expect(warningsAfter('unused-band', SAME, SAME, withoutRow)).toHaveLength(1);
    expect(warningsAfter('unused-band', 'amount: 100 min,', 'amount: 100 min, band: peak,', withoutRow)).toEqual([]);
  });
});

describe('A kind', () => {
  it('that networks report and no charge is for is a warning', () => {
    expect(warningsAfter('kind-without-charge', SAME, SAME)).toEqual([
      'catalog.yaml:16: no charge for sms, mms in plan "basic" (records of a kind without a charge are on no bill)',
    ]);
  });

  it('of one plan that another does not have is a warning, once for plans alike', () => {
    const other = (id: string) => `  - id: ${id}
    name: { en: Other }
    fee: { EUR: "1" }
    charges:
      - { id: c1, kind: voice, price: { EUR: "0" }, per: 1 min }
      - { id: c2, kind: sms, price: { EUR: "1" } }
      - { id: c3, kind: mms, price: { EUR: "1" } }
      - { id: c4, kind: data, price: { EUR: "1" }, per: 1 GB }
      - { id: c5, kind: parking, price: { EUR: "1" } }
`;
    expect(
      warningsAfter(
        'kind-without-charge',
        'tables:',
        `${other('b').replace(/ +- { id: c5.*\n/, '')}${other('c')}tables:`,
      ),
    ).toEqual([
      'catalog.yaml:16: no charge for sms, mms, parking in plan "basic" (records of a kind without a charge are on no bill)',
      'catalog.yaml:22: no charge for parking in plan "b" (records of a kind without a charge are on no bill)',
    ]);
  });

  it.each([
    ['mmss', 'mms'],
    ['vocie', 'voice'],
    ['date', 'data'],
  ])('%s is probably %s', (kind, meant) => {
    const charge = `{ id: own, kind: ${kind}, price: { EUR: "1" } }\n      - { id: data,`;
    expect(warningsAfter('unusual-kind', '{ id: data,', charge)).toEqual([
      `catalog.yaml:16: "${kind}" is a kind of your own, by pieces (did you mean "${meant}"?)`,
    ]);
  });

  it("of one's own is fine", () => {
    const charge = '{ id: own, kind: parking, price: { EUR: "1" } }\n      - { id: data,';
    expect(warningsAfter('unusual-kind', '{ id: data,', charge)).toEqual([]);
  });
});

describe('A table', () => {
  it('that does not say what other numbers cost is a warning', () => {
    expect(warningsAfter('no-other-numbers', SAME, SAME, VOICE.replace('*,Elsewhere', '47,Norway'))).toEqual([
      'catalog.yaml:19: table "voice" has no row for prefix "*" (records to numbers that it does not name are on no bill)',
    ]);
    expect(warningsAfter('no-other-numbers', SAME, SAME)).toEqual([]);
  });
});

describe('Calls for help', () => {
  it('that a table prices as calls elsewhere are a warning', () => {
    expect(warningsAfter('emergency-costs-money', SAME, SAME)).toEqual([
      `catalog.yaml:19: calls to ${AT_HOME} would cost money by table "voice" (give each a row of price 0, like exact:112)`,
    ]);
  });

  it('are fine where each has a row without a price', () => {
    expect(warningsAfter('emergency-costs-money', SAME, SAME, VOICE + FREE_ROWS.join(''))).toEqual([]);
  });

  it('are told of where only their set-up costs money', () => {
    const rows = FREE_ROWS.join('').replace('exact:112,Help,*,0,EUR,0,', 'exact:112,Help,*,0,EUR,0.05,');
    expect(warningsAfter('emergency-costs-money', SAME, SAME, VOICE + rows)).toEqual([
      'catalog.yaml:19: calls to 112 would cost money by table "voice" (give each a row of price 0, like exact:112)',
    ]);
  });

  it('are told of where a charge has one price for every number', () => {
    const flat = 'id: voice, kind: voice, price: { EUR: "0.1" }, per: 1 min }';
    const yaml = SOUND.replace('id: voice, kind: voice, table: voice, increments: 60/1 }', flat).replace(
      'domestic: ["46"]',
      `domestic: ["46"]\n  help: [${AT_HOME.split(', ').map(number => `"exact:${number}"`)}]`,
    );
    const told = (text: string) => warnings(text).filter(line => line.includes('emergency'));
    expect(told(yaml)).toEqual([
      `catalog.yaml:18: warning: emergency-costs-money: calls to ${AT_HOME} would cost money by charge "voice" of plan "basic" (put a charge of price 0 before it, for a destination like ["exact:112"])`,
    ]);
    const free = '{ id: help, kind: voice, to: help, price: { EUR: "0" }, per: 1 min }';
    expect(told(yaml.replace('- { id: voice,', `- ${free}\n      - { id: voice,`))).toEqual([]);
  });

  it.each([
    ['US', '310004', '112, 911'],
    ['GB', '23410', '112, 911, 999'],
    ['DE', '26201', '112, 911, 110, 116000, 116006, 116111, 116117, 116123'],
  ])('in %s are those of its law', (country, network, numbers) => {
    const [told = ''] = warningsAfter(
      'emergency-costs-money',
      'networks: ["24001"], country: SE }\nzones:\n  eu: { countries: [DE, FR] }',
      `networks: ["${network}"], country: ${country} }\nzones:\n  eu: { countries: [ES, FR] }`,
    );
    expect(told).toContain(`calls to ${numbers} would`);
  });

  it('abroad are 112 and 911', () => {
    const yaml = SOUND.replace(
      'table: voice, increments: 60/1',
      'table: voice, from: [eu, world] }\n      - { id: v2, kind: voice, price: { EUR: "0" }, per: 1 min',
    );
    expect(check(yaml)).toEqual([]);
    expect(warnings(yaml).find(line => line.includes('emergency'))).toContain('calls to 112, 911 would');
  });
});

describe('A network', () => {
  it('that the list does not have is a warning', () => {
    expect(warningsAfter('unknown-network', '"24001"', '"24001", "20499", "99801"')).toEqual([
      'catalog.yaml:2: the list of networks does not have 20499 (MCC 204 is of NL)',
      'catalog.yaml:2: the list of networks does not have 99801 (nor its MCC)',
    ]);
    expect(warningsAfter('unknown-network', SAME, SAME)).toEqual([]);
  });
});

describe('A plan', () => {
  // A fee, the table's section, data: three prices.
  const more = (count: number) =>
    Array.from({ length: count }, (_, n) => `      - { id: x${n}, kind: sms, price: { EUR: "1" } }\n`).join('');
  const DATA = '      - { id: data, kind: data, price: { EUR: "5.00" }, per: 1 MB, step: 1 KB }\n';

  it('with more prices than Stripe takes on a subscription is a warning', () => {
    expect(warningsAfter('too-many-prices', DATA, DATA + more(18))).toEqual([
      'catalog.yaml:11: plan "basic" has 21 prices, and Stripe takes 20 on a subscription: no line on it can be billed (price some of its charges by a table: all tables of a section share one price)',
    ]);
    expect(warningsAfter('too-many-prices', DATA, DATA + more(17))).toEqual([]);
  });
});
