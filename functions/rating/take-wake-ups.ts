import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { closePeriod } from '#shared/closing/close-period.ts';
import { driveMovement } from '#shared/metering/drive-movement.ts';
import { pushAccount } from '#shared/metering/push-account.ts';
import { reportVoids } from '#shared/metering/watch-voids.ts';
import { type Message, settleInTurn } from '#shared/platform/queue.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';
import type { RatingFunctionServices } from './services.ts';

/** Different accounts at the same time, one account's wake-ups in turn: the meter takes one call at a time per customer. */
export function takeWakeUps(
  messages: readonly Message<WakeUp>[],
  services: RatingFunctionServices,
): Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>> {
  const metering = { ...services.metering, catalogs: once(services.metering.catalogs) };
  return settleInTurn(
    messages,
    ({ content }) => content.pk,
    ({ content }) => takeWakeUp(content, { ...services, metering }),
  );
}

/** Pokes that came together are rated by one reading of the catalogs' list. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

async function takeWakeUp({ kind, pk, sk }: WakeUp, services: RatingFunctionServices): Promise<void> {
  const key = { pk, sk };
  switch (kind) {
    case 'account':
      await pushAccount(services.metering, pk.slice('account#'.length), services.push);
      return;
    case 'position':
      return driveMovement(services.metering, key);
    case 'period':
      return closePeriod(services.metering, key);
    case 'voids':
      return reportVoids(services.metering, key);
    case 'line':
      return finishLine(services.accounts, key);
    case 'file':
    case 'range':
    case 'event':
    case 'bill':
    case 'annex':
    case 'dunning':
    case 'message':
    case 'service':
      throw new RangeError(`Items of kind ${kind} are worked on elsewhere.`);
    default:
      return kind satisfies never;
  }
}
