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
  'UZS WST XCD YER ZAR ZMW'
).split(' ');

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...ZERO_DECIMAL.map(code => [code, 0] as const),
  ...TWO_DECIMAL.map(code => [code, 2] as const),
  ...THREE_DECIMAL.map(code => [code, 3] as const),
]);

/** Upper-case ISO 4217 codes that Stripe can charge. */
export function isCurrency(code: string): boolean {
  return MINOR_DIGITS.has(code);
}

/** Decimals between the major and the minor unit; raises RangeError for an unknown currency. */
export function minorDigits(currency: string): number {
  const digits = MINOR_DIGITS.get(currency);
  if (digits === undefined) throw new RangeError(`Unknown currency ${currency}`);
  return digits;
}
