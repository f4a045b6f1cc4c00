import { seededRandom } from '#infra/stripe-twin/seeded-random.ts';
import { HOUR, type Instant, MINUTE, printInstant, SECOND } from '#shared/platform/instant.ts';
import type { CastLine, Trip } from './cast.ts';

/** A record as a network platform posts it (contract 2.1). */
export type PostedRecord = Readonly<Record<string, unknown>> & { readonly id: string };

const MEGABYTE = 1_000_000;
const SESSIONS_A_DAY = 2;
/** The network hands a day's records over at 23:50, so nothing starts later. */
const LAST_START = 23 * HOUR + 40 * MINUTE;

/** What a line does on the day that starts at `midnight` (UTC); the same for the same line and day. */
export function usageOfADay(line: CastLine, midnight: Instant): PostedRecord[] {
  const random = seededRandom(`${line.line}:${midnight}`);
  const { habits } = line;
  const about = (mean: number) => Math.round(mean * (0.4 + 1.2 * random()));
  const when = () => printInstant(midnight + Math.floor((random() * LAST_START) / SECOND) * SECOND);
  const trip = tripOn(line, midnight);
  const base = () => ({ line: line.msisdn, startedAt: when(), ...(trip && { network: trip.network }) });
  const megabytes = trip?.megabytesADay ?? habits.megabytesADay;
  const peer = () => `+${pick(habits.calls, random)}${String(1_000_000 + Math.floor(random() * 8_999_999))}`;

  const calls = times(about(habits.callsADay), index => ({
    kind: 'voice',
    ...base(),
    peer: peer(),
    // One call in ten is not answered, but never the day's first.
    seconds: random() < 0.1 && index > 0 ? 0 : about(habits.secondsACall),
  }));
  const messages = times(about(habits.messagesADay), () => ({ kind: 'sms', ...base(), peer: peer() }));
  const sessions = times(SESSIONS_A_DAY, () => ({
    kind: 'data',
    ...base(),
    bytes: about((megabytes * MEGABYTE) / SESSIONS_A_DAY),
  }));
  const day = printInstant(midnight).slice(0, 10);
  return [...calls, ...messages, ...sessions].map((record, index) => ({
    id: `${line.line}-${day}-${index}`,
    ...record,
  }));
}

function tripOn(line: CastLine, midnight: Instant): Trip | undefined {
  const { abroad } = line.habits;
  const day = new Date(midnight).getUTCDate();
  return abroad !== undefined && day >= abroad.fromDay && day <= abroad.toDay ? abroad : undefined;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('There is nothing to choose from.');
  return choice;
}
