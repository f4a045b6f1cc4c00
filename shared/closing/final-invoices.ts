import type { Instant } from '#shared/platform/instant.ts';

/** What the provider's invoices say about a period's metered prices. */
export interface MeteredInvoiced {
  /** The invoice that closes the period exists and is not a draft any more. */
  readonly isFinal: boolean;
  /** The id of that invoice. */
  readonly invoice: string | undefined;
  /** Price id → sum of the quantities on the lines of the period; a price without usage is absent. */
  readonly quantities: ReadonlyMap<string, bigint>;
}

/** Port to the provider's invoices. */
export interface FinalInvoices {
  /** @throws Failure retryable when they cannot be read now */
  meteredOf(
    subscription: string,
    period: { readonly start: Instant; readonly end: Instant },
    prices: ReadonlySet<string>,
  ): Promise<MeteredInvoiced>;
}
