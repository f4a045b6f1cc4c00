import type { JSX } from 'preact';
import { cardOf } from '../objects/payment-methods.ts';
import { testCard, testCardIds } from '../objects/test-cards.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';

/** One of Stripe's test cards, or the one on file; the name of the field is `card`. */
export function CardChoice({ onFile }: { readonly onFile?: PaymentMethod | undefined }): JSX.Element {
  return (
    <fieldset>
      <legend>Test card</legend>
      {onFile && <Option value={onFile.id} text={`The card on file: ${cardName(onFile)}`} isChosen />}
      {testCardIds().map((id, index) => (
        <Option key={id} value={id} text={describe(id)} isChosen={!onFile && index === 0} />
      ))}
    </fieldset>
  );
}

/** `visa ending in 4242` */
export function cardName(method: PaymentMethod): string {
  if (method.type === 'sepa_debit') return `bank account ending in ${method.testCard.slice(-4)}`;
  const { brand, last4 } = cardOf(method);
  return `${brand} ending in ${last4}`;
}

function describe(id: string): string {
  const card = testCard(id);
  if (!card) return id;
  const outcome = card.decline ? `refused: ${card.decline.decline_code.replaceAll('_', ' ')}` : 'pays';
  return `${card.brand} ending in ${card.last4} (${card.country}, ${card.isDisputed ? 'pays, then disputed' : outcome})`;
}

function Option({ value, text, isChosen }: { value: string; text: string; isChosen: boolean }): JSX.Element {
  return (
    <label>
      <input type="radio" name="card" value={value} required checked={isChosen} /> {text}
    </label>
  );
}
