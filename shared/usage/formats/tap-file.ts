import { add, type Decimal, multiply, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { asciiOf, type BerNode, digitsOf, findNode, integerOf, nodesOf } from './ber.ts';
import { TAP, TAP_EVENTS } from './tap-tags.ts';

/** What stands at the beginning of a TAP file, and counts for all of its events. */
export interface TapHeader {
  readonly sender: string;
  readonly recipient: string;
  readonly fileSequenceNumber: string;
  readonly localCurrency: string | undefined;
  readonly tapCurrency: string | undefined;
  readonly decimalPlaces: number;
  /** Units of the local currency for one of the TAP currency, by code. */
  readonly rates: ReadonlyMap<bigint, Decimal>;
  /** `+0200` by code. */
  readonly offsets: ReadonlyMap<bigint, string>;
}

export const EMPTY_HEADER: TapHeader = {
  sender: '',
  recipient: '',
  fileSequenceNumber: '',
  localCurrency: undefined,
  tapCurrency: undefined,
  decimalPlaces: 0,
  rates: new Map(),
  offsets: new Map(),
};

/** The header with what one of its groups adds. */
export function withGroup(header: TapHeader, group: BerNode): TapHeader {
  switch (group.tag) {
    case TAP.batchControlInfo:
      return {
        ...header,
        sender: asciiOf(findNode(group, TAP.sender)) ?? '',
        recipient: asciiOf(findNode(group, TAP.recipient)) ?? '',
        fileSequenceNumber: asciiOf(findNode(group, TAP.fileSequenceNumber)) ?? '',
      };
    case TAP.accountingInfo:
      return {
        ...header,
        localCurrency: asciiOf(findNode(group, TAP.localCurrency)),
        tapCurrency: asciiOf(findNode(group, TAP.tapCurrency)),
        decimalPlaces: Number(integerOf(findNode(group, TAP.tapDecimalPlaces)) ?? 0n),
        rates: new Map(nodesOf(group, TAP.currencyConversion).flatMap(rateOf)),
      };
    case TAP.networkInfo:
      return { ...header, offsets: new Map(nodesOf(group, TAP.utcTimeOffsetInfo).flatMap(offsetOf)) };
    default:
      return header;
  }
}

function rateOf(conversion: BerNode): (readonly [bigint, Decimal])[] {
  const code = integerOf(findNode(conversion, TAP.exchangeRateCode));
  const digits = integerOf(findNode(conversion, TAP.exchangeRate));
  const scale = Number(integerOf(findNode(conversion, TAP.numberOfDecimalPlaces)) ?? 0n);
  return code === undefined || digits === undefined || !isScale(scale) ? [] : [[code, { digits, scale }]];
}

function offsetOf(info: BerNode): (readonly [bigint, string])[] {
  const code = integerOf(findNode(info, TAP.utcTimeOffsetCode));
  const offset = asciiOf(findNode(info, TAP.utcTimeOffset));
  return code === undefined || offset === undefined ? [] : [[code, offset]];
}

/** An event as its columns, by name; or what keeps it from being read. */
export type TapEvent = ReadonlyMap<string, string | undefined> | { readonly code: string; readonly message: string };

/** Events with a price of their own kind, which no record has a field for. */
const NOT_READ = ['serviceCentreUsage', 'contentTransaction', 'locationService', 'messagingEvent', 'mobileSession'];
const SMS = ['21', '22'];

export function readEvent(event: BerNode, header: TapHeader, place: number, network: string | undefined): TapEvent {
  const name = TAP_EVENTS.get(event.tag);
  if (name === undefined || NOT_READ.includes(name)) {
    const message = `${name ?? `An event of tag ${event.tag}`} is not read; calls, messages and packet sessions are.`;
    return { code: 'event-not-supported', message };
  }
  const charge = chargeOf(event, header);
  if (charge !== undefined && 'code' in charge) return charge;
  const startedAt = startOf(event, header);
  if (typeof startedAt === 'object') return startedAt;
  const text = (tag: number) => asciiOf(findNode(event, tag));
  const digits = (tag: number) => digitsOf(findNode(event, tag));
  const number = (tag: number) => integerOf(findNode(event, tag))?.toString();
  const isMessage = SMS.includes(text(TAP.teleServiceCode) ?? '');
  return new Map([
    ['event', name],
    ['id', `${header.sender}-${header.fileSequenceNumber}-${place}`],
    ['imsi', digits(TAP.imsi)],
    ['msisdn', digits(TAP.msisdn)],
    ['calledNumber', text(TAP.smsDestinationNumber) ?? called(digits(TAP.calledNumber)) ?? text(TAP.dialledDigits)],
    ['callingNumber', text(TAP.smsOriginator) ?? called(digits(TAP.callingNumber))],
    ['isMessage', String(isMessage)],
    ['startedAt', startedAt],
    ['duration', number(TAP.totalCallEventDuration)],
    ['bytesIn', number(TAP.dataVolumeIncoming)],
    ['bytesOut', number(TAP.dataVolumeOutgoing)],
    ['network', network],
    ['chargingId', number(TAP.chargingId)],
    ['partial', text(TAP.partialTypeIndicator)],
    ['charge', charge?.amount],
    ['currency', charge?.currency],
    ['sender', header.sender],
    ['recipient', header.recipient],
    ['fileSequenceNumber', header.fileSequenceNumber],
  ]);
}

/** Numbers are international there, without their `+`. */
function called(digits: string | undefined): string | undefined {
  return digits === undefined || digits === '' ? undefined : `+${digits}`;
}

/** `20261025023000` and the offset that the file's header gives its code. */
function startOf(event: BerNode, { offsets }: TapHeader): string | { code: string; message: string } | undefined {
  const stamp = findNode(event, TAP.callEventStartTimeStamp);
  if (stamp === undefined) return undefined;
  const local = asciiOf(findNode(stamp, TAP.localTimeStamp)) ?? '';
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(local) ?? [];
  if (year === undefined) return { code: 'wrong-time', message: `"${local.slice(0, 20)}" is not a local time stamp.` };
  const code = integerOf(findNode(stamp, TAP.utcTimeOffsetCode));
  const offset = code === undefined ? undefined : offsets.get(code);
  if (offset === undefined || !/^[+-]\d{4}$/.test(offset)) {
    return { code: 'zone-missing', message: `The file's header has no UTC offset of the code ${code ?? '(none)'}.` };
  }
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`;
}

/** Charges of this type are the whole of what is charged; the others are its parts. */
const WHOLE = '00';
const FINEST = 12;

/** What the sender charges for the event, in units of 10^-decimals; the audit's total is their sum. */
export function chargedUnits(event: BerNode): bigint {
  const details = nodesOf(event, TAP.chargeDetail).filter(
    detail => asciiOf(findNode(detail, TAP.chargeType)) === WHOLE,
  );
  // A message's charge stands in the event itself.
  const own = event.children.filter(({ tag }) => tag === TAP.charge);
  const charges = [...details.map(detail => findNode(detail, TAP.charge)), ...own];
  return [...charges, ...nodesOf(event, TAP.camelInvocationFee)].reduce((sum, one) => sum + (integerOf(one) ?? 0n), 0n);
}

/**
 * The charge as an amount: in the local currency where it names an exchange rate (units of the local currency for one
 * of the TAP currency), else in the TAP currency, which is the local one where the file names no other.
 */
function chargeOf(
  event: BerNode,
  header: TapHeader,
): { readonly amount: string; readonly currency: string } | { code: string; message: string } | undefined {
  const { rates, decimalPlaces, localCurrency, tapCurrency = localCurrency } = header;
  const charges = nodesOf(event, TAP.chargeInformation);
  const codes = charges.map(one => integerOf(findNode(one, TAP.exchangeRateCode)));
  if (charges.length === 0 || localCurrency === undefined || tapCurrency === undefined) return undefined;
  if (!isScale(decimalPlaces))
    return { code: 'wrong-header', message: `${decimalPlaces} decimal places are too many.` };
  const inTap = { digits: chargedUnits(event), scale: decimalPlaces };
  if (codes.every(code => code === undefined)) return { amount: printed(inTap), currency: tapCurrency };
  let sum = ZERO;
  for (const [index, one] of charges.entries()) {
    const rate = rates.get(codes[index] ?? -1n);
    if (rate === undefined) {
      const message = `The file's header has no exchange rate of the code ${codes[index] ?? '(none)'}.`;
      return { code: 'exchange-rate-missing', message };
    }
    sum = add(sum, multiply({ digits: chargedUnits(one), scale: decimalPlaces }, rate));
  }
  return { amount: printed(sum), currency: localCurrency };
}

/** With at most twelve decimals, as records have them, half up. */
function printed(value: Decimal): string {
  if (value.scale <= FINEST) return printDecimal(value);
  const unit = 10n ** BigInt(value.scale - FINEST);
  return printDecimal({ digits: (2n * value.digits + unit) / (2n * unit), scale: FINEST });
}

function isScale(places: number): boolean {
  return Number.isInteger(places) && places >= 0 && places <= 18;
}
