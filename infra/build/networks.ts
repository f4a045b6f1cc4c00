/** A row of mcc-mnc-list: a network under one of the countries that it is listed for. */
export interface NetworkRow {
  readonly countryCode: string | null;
  readonly mcc: string;
  readonly mnc: string | null;
  readonly status: string | null;
}

/**
 * Codes that belong to several territories alike, none of which is "the" country of the code (ITU-T E.212, list of
 * mobile country codes: 340 French Antilles, 362 the former Netherlands Antilles, 647 French Indian Ocean).
 */
export const JOINT_MCCS: readonly string[] = ['340', '362', '647'];

/**
 * Networks that the list has under the big country of the MCC too, though they are built in a territory alone: the
 * list's own notes and operators say so ("Guam", "Isle of Man", "Covering the Palestinian territories", Guam Telephone
 * Authority, Puerto Rico Telephone Company). And those whose countries the list does not have: T-Mobile US serves
 * Puerto Rico under 310-120 as under 310-260, of which it is the former Sprint part.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  '23403': 'GG JE',
  '23436': 'IM',
  '23450': 'GG JE',
  '23455': 'GG JE',
  '23458': 'IM',
  '23473': 'IM',
  '42505': 'PS',
  '42506': 'PS',
  '50510': 'NF',
  '310017': 'PR',
  '310032': 'GU',
  '310033': 'GU',
  '310110': 'MP',
  '310120': 'US PR VI',
  '310140': 'GU',
  '310280': 'PR',
  '310370': 'GU MP',
  '310400': 'GU',
  '310470': 'GU',
  '310480': 'GU',
  '311120': 'GU',
  '311250': 'GU',
  '311470': 'VI',
  '311780': 'AS',
  '313510': 'PR',
};

/** Networks of one or two of the territories of a joint code, by the list's notes ("Bonaire", "Mayotte"). */
const PARTS_OF_JOINT: Readonly<Record<string, string>> = {
  '34003': 'BL MF',
  '34008': 'BL MF',
  '36231': 'BQ',
  '36251': 'SX',
  '36260': 'BQ SX',
  '36268': 'CW',
  '36269': 'CW',
  '36276': 'BQ',
  '36278': 'BQ',
  '36291': 'CW',
  '64701': 'YT',
  '64702': 'YT',
  '64703': 'RE',
};

/** Networks that the list has without a country: 995-01 is Sure on Diego Garcia. */
const WITHOUT_COUNTRY: Readonly<Record<string, string>> = { '99501': 'IO' };

/**
 * MCC → its countries, its own first; and the networks (MCC+MNC) that serve others. A network serves every country
 * that it is listed for; rows of what is not in operation count only where there is no other row.
 */
export function networkCountries(rows: readonly NetworkRow[]) {
  const mcc = ofMccs(rows);
  const rowsOf = new Map<string, NetworkRow[]>();
  for (const row of rows) {
    if (!/^\d{2,3}$/.test(row.mnc ?? '') || countriesOf(row).length === 0) continue;
    const code = row.mcc + row.mnc;
    rowsOf.set(code, [...(rowsOf.get(code) ?? []), row]);
  }
  const network: Record<string, string> = {};
  for (const [code, listed] of rowsOf) {
    const ofMcc = mcc[code.slice(0, 3)] ?? '';
    const live = listed.filter(({ status }) => status === 'Operational');
    const served = new Set((live.length > 0 ? live : listed).flatMap(countriesOf));
    const own = ofMcc.split(' ').filter(country => served.has(country));
    const others = [...served].filter(country => !own.includes(country)).sort();
    const countries = EXCEPTIONS[code] ?? PARTS_OF_JOINT[code] ?? [...own, ...others].join(' ');
    if (countries !== ofMcc) network[code] = countries;
  }
  return { mcc, joint: JOINT_MCCS, network: { ...network, ...WITHOUT_COUNTRY } };
}

/** By the number of networks. */
function ofMccs(rows: readonly NetworkRow[]): Record<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const countries = countriesOf(row).join(' ');
    if (countries === '') continue;
    const ofMcc = counts.get(row.mcc) ?? new Map<string, number>();
    ofMcc.set(countries, (ofMcc.get(countries) ?? 0) + 1);
    counts.set(row.mcc, ofMcc);
  }
  const mcc: Record<string, string> = {};
  for (const [code, ofMcc] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ranked = [...ofMcc].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    mcc[code] = ranked[0]?.[0] ?? '';
  }
  return mcc;
}

/** `BL/GF/GP/MF/MQ` is a network of five territories, `GE-AB` one of a part of GE. */
function countriesOf(row: NetworkRow): string[] {
  return (row.countryCode ?? '')
    .split('/')
    .map(code => code.slice(0, 2))
    .filter(code => /^[A-Z]{2}$/.test(code));
}
