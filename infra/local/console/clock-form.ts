import * as z from 'zod';
import { parseInstant } from '#shared/platform/instant.ts';
import { REAL_TIME } from '../control/control-api.ts';
import type { PartRequest } from '../gateway/exchange.ts';
import { CLOCK_MOVES, clockTarget } from './clock-moves.ts';
import type { ConsoleSources } from './console-sources.ts';

const ClockForm = z.object({
  move: z.enum(CLOCK_MOVES),
  /** A page of ours to come back to. */
  back: z
    .string()
    .regex(/^\/([^/\\]|$)/)
    .catch('/'),
});

export type ClockOutcome =
  | { readonly outcome: 'moved'; readonly back: string }
  | { readonly outcome: 'refused'; readonly status: number; readonly why: string };

/** What the buttons of the clock send. Returns when nothing is left to do at the moment it moved to. */
export async function moveClock(
  request: PartRequest,
  { clock, isReady }: Pick<ConsoleSources, 'clock' | 'isReady'>,
  periodEnds: () => Promise<readonly string[]>,
): Promise<ClockOutcome> {
  if (!isFromHere(request)) return refused(403, 'The clock moves by the console’s own pages only.');
  if (!isReady()) return refused(409, 'The sample is still being told; the clock is not free yet.');
  if (clock.moveTo === undefined) return refused(409, REAL_TIME);
  const form = ClockForm.safeParse(Object.fromEntries(new URLSearchParams(request.body.toString())));
  if (!form.success) return refused(422, `A move is one of ${CLOCK_MOVES.join(', ')}.`);
  const { move, back } = form.data;
  const ends = move === 'period-end' ? (await periodEnds()).flatMap(text => parseInstant(text) ?? []) : [];
  const target = clockTarget(move, clock.now(), ends);
  if (target === undefined) return refused(409, 'No account has a billing period yet, so there is no end to go to.');
  await clock.moveTo(target);
  return { outcome: 'moved', back };
}

/** Pages of other origins cannot send the form in the reader's name. */
function isFromHere({ headers }: PartRequest): boolean {
  const { origin, host } = headers;
  return origin === undefined || origin === `http://${host}`;
}

function refused(status: number, why: string): ClockOutcome {
  return { outcome: 'refused', status, why };
}
