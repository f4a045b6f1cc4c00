/**
 * How many decimals an amount of a currency has when it is given to Stripe in minor units
 * (https://docs.stripe.com/currencies). An own table, because ISO 4217 and `Intl` differ: ISK and UGX have no minor
 * unit but are written with two decimals (the amount must end in 00), HUF and TWD have two for charges.
 */
const ZERO_DECIMAL = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE_DECIMAL = 'BHD JOD KWD OMR TND'.split(' ');
const TWO_DECIMAL = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
  'CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD KES KGS KHR ' +
  'KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK ' +
  'PHP PKR PLN QAR RON RSD SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH UGX USD UYU ' +
  'UZS WST XCD XCG YER ZAR ZMW'
).split(' ');

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...ZERO_DECIMAL.map(code => [code, 0] as const),
  ...TWO_DECIMAL.map(code => [code, 2] as const),
  ...THREE_DECIMAL.map(code => [code, 3] as const),
]);

interface Withdrawal {
  /** The first day on which the code stands for nothing any more. */
  readonly since: string;
  readonly successor: string;
}

/**
 * Codes that ISO 4217 has withdrawn (list three, and its amendments; for the euro the Council's regulations). What was
 * billed in them can still be read; nothing new is sold in them. CLDR 48.2 (`currencyData`) has the same days, but for
 * those of which the old notes were legal tender for some weeks or months beside the new ones: ANG, BGN, HRK, MRO.
 */
const WITHDRAWN: ReadonlyMap<string, Withdrawal> = new Map([
  ['ANG', { since: '2025-03-31', successor: 'XCG' }],
  ['BGN', { since: '2026-01-01', successor: 'EUR' }],
  ['BYR', { since: '2017-01-01', successor: 'BYN' }],
  ['EEK', { since: '2011-01-01', successor: 'EUR' }],
  ['HRK', { since: '2023-01-01', successor: 'EUR' }],
  ['LTL', { since: '2015-01-01', successor: 'EUR' }],
  ['LVL', { since: '2014-01-01', successor: 'EUR' }],
  ['MRO', { since: '2018-01-01', successor: 'MRU' }],
  ['SKK', { since: '2009-01-01', successor: 'EUR' }],
  ['SLL', { since: '2024-01-01', successor: 'SLE' }],
  ['STD', { since: '2018-01-01', successor: 'STN' }],
  ['VEF', { since: '2018-08-20', successor: 'VES' }],
  ['ZWL', { since: '2024-09-01', successor: 'ZWG' }],
]);

/** Upper-case ISO 4217 codes that Stripe can charge, and that are not withdrawn. */
export function isCurrency(code: string): boolean {
  return MINOR_DIGITS.has(code) && !WITHDRAWN.has(code);
}

/** Why nothing is sold in a currency; `undefined` where it is. */
export function wrongWithCurrency(code: string): string | undefined {
  if (isCurrency(code)) return undefined;
  const withdrawn = WITHDRAWN.get(code);
  if (withdrawn === undefined) return `"${code}" is not a currency that Stripe charges`;
  const { since, successor } = withdrawn;
  const isSold = isCurrency(successor) ? '' : ', which Stripe does not charge';
  return `"${code}" was withdrawn on ${since}; its successor is ${successor}${isSold}`;
}

/** As `minorDigits`, but `undefined` for an unknown currency; also for withdrawn ones. */
export function knownMinorDigits(currency: string): number | undefined {
  return MINOR_DIGITS.get(currency);
}

/** Decimals between the major and the minor unit, also of withdrawn currencies; raises RangeError for an unknown one. */
export function minorDigits(currency: string): number {
  const digits = knownMinorDigits(currency);
  if (digits === undefined) throw new RangeError(`Unknown currency ${currency}`);
  return digits;
}
