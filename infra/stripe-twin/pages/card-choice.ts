import { cardOf } from '../objects/payment-methods.ts';
import { testCard, testCardIds } from '../objects/test-cards.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import { type Html, html } from './html.ts';

/** One of Stripe's test cards, or the one on file; the name of the field is `card`. */
export function cardChoice(onFile?: PaymentMethod): Html {
  const standing = onFile ? [option(onFile.id, `The card on file: ${cardName(onFile)}`, true)] : [];
  const cards = testCardIds().map((id, index) => option(id, describe(id), !onFile && index === 0));
  return html`<fieldset>
<legend>Test card</legend>
${[...standing, ...cards]}
</fieldset>`;
}

/** `visa ending in 4242` */
export function cardName(method: PaymentMethod): string {
  const { brand, last4 } = cardOf(method);
  return `${brand} ending in ${last4}`;
}

function describe(id: string): string {
  const card = testCard(id);
  if (!card) return id;
  const outcome = card.decline ? `refused: ${card.decline.decline_code.replaceAll('_', ' ')}` : 'pays';
  return `${card.brand} ending in ${card.last4} (${card.country}, ${card.isDisputed ? 'pays, then disputed' : outcome})`;
}

function option(value: string, text: string, isChosen: boolean): Html {
  const chosen = isChosen ? html` checked` : null;
  return html`<label><input type="radio" name="card" value="${value}" required${chosen}> ${text}</label>
`;
}
