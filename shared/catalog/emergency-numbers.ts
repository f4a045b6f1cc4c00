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

/** National emergency numbers beside 112, where the rule that names them is known; other countries have none here. */
const NATIONAL: ReadonlyMap<string, Numbers> = new Map([
  ['BE', { numbers: ['100', '101'], source: 'loi du 13 juin 2005, art. 107' }],
  ['CH', { numbers: ['117', '118', '143', '144', '147'], source: 'AEFV art. 28' }],
  ['DE', { numbers: ['110'], source: 'NotrufV § 1' }],
  ['FR', { numbers: ['15', '17', '18', '119'], source: 'Arcep, numéros d’urgence (CPCE art. D98-8)' }],
  ['GB', { numbers: ['999'], source: 'Ofcom, General Condition A3' }],
  ['IE', { numbers: ['999'], source: 'ComReg, Numbering Conditions' }],
  ['NO', { numbers: ['110', '113'], source: 'ekomforskriften, nødnumre' }],
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
