import * as z from 'zod';

/** Of `GET /v1/accounts/{a}/positions`, as far as it is shown. Steps, or 1/10 000 minor units. */
export const Positions = z.object({
  period: z.object({ start: z.string(), end: z.string() }),
  state: z.enum(['unbilled', 'open', 'confirmed', 'closed']),
  items: z.array(
    z.object({
      billable: z.string(),
      rated: z.string(),
      acknowledged: z.string(),
      confirmed: z.string().nullable(),
      invoiced: z.string().nullable(),
    }),
  ),
});
export type Positions = z.infer<typeof Positions>;
export type Position = Positions['items'][number];

/** What the four numbers of an account's period say together. */
export type Agreement =
  /** Nothing was billed in that period. */
  | { readonly kind: 'none' }
  /** The invoice was not compared yet. */
  | { readonly kind: 'under-way'; readonly prices: number }
  | { readonly kind: 'agree'; readonly prices: number }
  | { readonly kind: 'differ'; readonly differing: readonly Position[] };

export function agreementOf({ state, items }: Positions): Agreement {
  if (state === 'unbilled' || (state === 'closed' && items.length === 0)) return { kind: 'none' };
  if (state !== 'closed') return { kind: 'under-way', prices: items.length };
  const differing = items.filter(item => !isEqual(item));
  return differing.length === 0 ? { kind: 'agree', prices: items.length } : { kind: 'differ', differing };
}

/** What was never sent is on no invoice: nothing is zero there. */
export function isEqual({ rated, acknowledged, confirmed, invoiced }: Position): boolean {
  return rated === acknowledged && acknowledged === (confirmed ?? '0') && rated === (invoiced ?? '0');
}

/** `dunlin:mobile-10:voice:SEK:1a2b3c4d` → `mobile-10 voice SEK`. */
export function priceName(billable: string): string {
  return billable.split(':').slice(1, 4).join(' ');
}
