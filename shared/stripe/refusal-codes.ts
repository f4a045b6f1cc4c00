/** Why Stripe refuses something for good, where that is known: our code, and what helps. */
export interface KnownRefusal {
  readonly code: string;
  readonly detail: string;
}

export const TOO_MANY_ITEMS: KnownRefusal = {
  code: 'too-many-items',
  detail:
    'Stripe takes at most 20 prices on a subscription: put the line into another account, or use plans with fewer charges of their own.',
};

interface Words {
  readonly code?: string | undefined;
  readonly param?: string | undefined;
  readonly message: string;
}

const MISSING = 'resource_missing';

// Stripe has codes for few of these; the rest is told by its message (docs.stripe.com/error-codes).
const REFUSALS: readonly (readonly [is: (words: Words) => boolean, KnownRefusal])[] = [
  [
    ({ code, param, message }) =>
      code === MISSING && (param === 'customer' || /^No such customer/i.test(message)) && !hasNoSource(message),
    {
      code: 'customer-deleted',
      detail:
        'The customer of the account was deleted at Stripe, which cannot be undone: open another account for this subscriber.',
    },
  ],
  [
    ({ message }) => /combine currencies/i.test(message),
    {
      code: 'currency-differs',
      detail:
        'The customer has something in another currency at Stripe: end it there, or open another account for this currency.',
    },
  ],
  [
    ({ code, message }) =>
      /inactive|not active|archived/i.test(`${code} ${message}`) && /price|product/i.test(`${code} ${message}`),
    {
      code: 'price-archived',
      detail:
        'A price or product of the catalog was archived at Stripe: make it active there again; `dunlin catalog publish` names it.',
    },
  ],
  [
    ({ code, param, message }) =>
      code === MISSING && (/price|plan/.test(param ?? '') || /^No such (price|plan)/i.test(message)),
    {
      code: 'price-missing',
      detail:
        'A price of the catalog does not exist at Stripe: publish the catalog to the Stripe account that is in use.',
    },
  ],
  [({ message }) => /\b20\b.*\bitems\b|\bitems\b.*\b20\b/i.test(message), TOO_MANY_ITEMS],
];

/** Stripe's message for a customer without a card; its code is that of a customer who does not exist. */
export function hasNoSource(message: string): boolean {
  return message.includes('no attached payment source');
}

/** `undefined`: a refusal that is not known here. */
export function knownRefusal(words: Words): KnownRefusal | undefined {
  return REFUSALS.find(([is]) => is(words))?.[1];
}
