/** How a bank refuses: Stripe's codes for it. */
export interface Decline {
  readonly code: string;
  readonly decline_code: string;
  readonly message: string;
  readonly network_decline_code: string;
  readonly advice_code?: 'confirm_card_data' | 'do_not_try_again' | 'try_again_later';
}

/** A bank account for direct debits: its bank tells later what came of one. */
export interface TestDebit {
  readonly clearsAfterMs: number;
  /** Absent: every debit succeeds. */
  readonly decline?: Decline;
  readonly isDisputed?: boolean;
}

export interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly funding: 'credit' | 'debit' | 'prepaid';
  readonly country: string;
  /** Every charge is disputed right after it. */
  readonly isDisputed?: boolean;
  /** Absent: every charge succeeds. */
  readonly decline?: Decline;
  /** The bank is asked when the card is attached, and refuses it there. */
  readonly refusedAtAttach?: Decline;
}
