/**
 * `auto_advance` of a draft is set by two parties: by us at the gate, and by people at the dashboard (by Stripe too, for
 * a paused subscription). Beside it, in the same call, stands that it was us; whatever does not agree with that a person
 * has set.
 */
const TAG = 'dunlin_gate';

export const HELD = { [TAG]: 'held' } as const;
/** An empty value takes the name away (docs.stripe.com/api/metadata). */
export const NOT_HELD = { [TAG]: '' } as const;

interface Advancing {
  readonly auto_advance?: boolean | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
}

/** Of a draft: a person keeps it from becoming final. */
export function isStopped(draft: Advancing): boolean {
  return draft.auto_advance === false && isByPerson(draft);
}

/** Of a draft: a person stopped it, or let go what we held. */
export function isByPerson({ auto_advance, metadata }: Advancing): boolean {
  const isHeldByUs = metadata?.[TAG] === HELD[TAG];
  return isHeldByUs === (auto_advance ?? false);
}
