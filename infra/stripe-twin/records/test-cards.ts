/** How a bank refuses: Stripe's codes for it. */
export interface Decline {
  readonly code: string;
  readonly decline_code: string;
  readonly message: string;
  readonly network_decline_code: string;
  readonly advice_code?: 'confirm_card_data' | 'do_not_try_again' | 'try_again_later';
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
}
