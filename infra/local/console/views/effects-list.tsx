import type { Effect } from '../last-effects.ts';
import { spanText } from '../moment-text.ts';

/** What went out of the product last. */
export function EffectsList({ effects }: { effects: readonly Effect[] }) {
  if (effects.length === 0)
    return <p class="quiet">What the product does at Stripe, and what it sends, is listed here.</p>;
  return (
    <ol class="effects">
      {effects.map(({ at, since, what, by, operation, times, isTaken }, index) => (
        <li key={index}>
          {times > 1 ? `${times} × ${what}` : what} {isTaken ? null : <span class="late">refused or lost</span>}
          <small>{`${spanText(since, at)} · ${by} · ${operation.replace('.', ' ')}`}</small>
        </li>
      ))}
    </ol>
  );
}

export function EffectsPage({ effects }: { effects: readonly Effect[] }) {
  return (
    <>
      <h1>Last effects</h1>
      <p class="quiet">
        Since this start, newest first: what the product did at Stripe, what it sent, what it stored of bills.
      </p>
      <EffectsList effects={effects} />
    </>
  );
}
