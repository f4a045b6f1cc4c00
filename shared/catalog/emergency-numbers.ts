interface Numbers {
  readonly numbers: readonly string[];
  readonly source: string;
}

/** Every handset sets up an emergency call for these, wherever it is. */
const EVERYWHERE: Numbers = { numbers: ['112', '911'], source: '3GPP TS 22.101, 10.1.1' };

/** Harmonised numbers of social value: missing children, victims of crime, children, medical help, emotional support. */
const SOCIAL_VALUE: Numbers = {
  numbers: ['116000', '116006', '116111', '116117', '116123'],
  source: '2007/116/EC as amended by 2007/698/EC and 2009/884/EC: free of charge to the caller',
};

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** Of a country where the numbers are known to two sources, of which one is this. */
const METADATA = 'libphonenumber 9.0.43, short numbers: emergency';

/**
 * National emergency numbers beside 112 and 911. Where the rule that names them is cited, they are compared with
 * libphonenumber's short numbers; other countries have none here, and those that its patterns only hint at are left out.
 */
const NATIONAL: ReadonlyMap<string, Numbers> = new Map([
  ['AT', { numbers: ['122', '133', '144'], source: METADATA }],
  ['AU', { numbers: ['000', '106'], source: METADATA }],
  ['BE', { numbers: ['100', '101'], source: 'loi du 13 juin 2005, art. 107' }],
  ['BG', { numbers: ['150', '160', '166'], source: METADATA }],
  ['CH', { numbers: ['117', '118', '144', '147'], source: 'AEFV art. 28' }],
  ['CY', { numbers: ['199'], source: METADATA }],
  ['CZ', { numbers: ['150', '155', '156', '158'], source: METADATA }],
  ['DE', { numbers: ['110'], source: 'NotrufV § 1' }],
  [
    'FR',
    {
      numbers: ['15', '17', '18', '114', '115', '119', '191', '196', '197'],
      source: 'Arcep, numéros d’urgence (CPCE art. D98-8)',
    },
  ],
  ['GB', { numbers: ['999'], source: 'Ofcom, General Condition A3' }],
  ['GR', { numbers: ['100', '166', '199'], source: METADATA }],
  ['HR', { numbers: ['192', '193', '194'], source: METADATA }],
  ['HU', { numbers: ['104', '105', '107'], source: METADATA }],
  ['IE', { numbers: ['999'], source: 'ComReg, Numbering Conditions' }],
  ['IT', { numbers: ['113', '115', '118'], source: METADATA }],
  ['LI', { numbers: ['117', '118', '144'], source: METADATA }],
  ['LU', { numbers: ['113'], source: METADATA }],
  ['LV', { numbers: ['110', '113'], source: METADATA }],
  ['NO', { numbers: ['110', '113'], source: 'ekomforskriften, nødnumre' }],
  ['NZ', { numbers: ['111'], source: METADATA }],
  ['PL', { numbers: ['997', '998', '999'], source: METADATA }],
  ['SI', { numbers: ['113'], source: METADATA }],
  ['SK', { numbers: ['150', '155', '158'], source: METADATA }],
]);

/** Short numbers that must cost the caller nothing: at home in `country`, and of them those that hold abroad. */
export function freeNumbers(country: string): {
  readonly everywhere: readonly string[];
  readonly atHome: readonly string[];
} {
  const social = EU.includes(country) ? SOCIAL_VALUE.numbers : [];
  return {
    everywhere: EVERYWHERE.numbers,
    atHome: [...EVERYWHERE.numbers, ...(NATIONAL.get(country)?.numbers ?? []), ...social],
  };
}
