import type { RateCard } from '#shared/catalog/catalog-version.ts';
import { decimal, isZero } from '#shared/money/decimal.ts';
import type { BillWords } from '../view/bill-words.ts';

const MINUTE = 60;

type Words = Pick<BillWords, 'texts' | 'formats'>;

/** What a record costs by its rate: `€0.05 / call + €0.20 / min`, `€0.20 / min, from 10 min €0.10 / min`. */
export function rateText(card: RateCard, kind: string, words: Words): string {
  const { texts, formats } = words;
  const record = texts.recordUnit(kind, 1);
  const setup = isZero(decimal(card.setup)) ? [] : [`${formats.exactMoney(card.setup)} / ${record}`];
  const steps = card.steps.map(({ after, price, per }) => {
    const text = `${formats.exactMoney(price)} / ${perText(per, kind, record, formats)}`;
    return after === 0 ? text : texts.rateFrom(unitsOf(after, kind, formats), text);
  });
  return [...setup, steps.join(', ')].join(' + ');
}

/** `min`, `MB`, `100 MB`, `call`. */
function perText(per: number, kind: string, record: string, formats: BillWords['formats']): string {
  const unit = unitOf(kind);
  if (unit !== '1') return formats.units(per, unit).replace(/^1\s/, '');
  return per === 1 ? record : `${formats.number(per)} ${record}`;
}

/** In the unit of the price, so that quantity times price can be checked: minutes, not hours. */
export function unitsOf(count: number, kind: string, formats: BillWords['formats']): string {
  const unit = unitOf(kind);
  if (unit !== 's' || count < MINUTE) return formats.units(count, unit);
  const minutes = `${formats.number(Math.floor(count / MINUTE))}\u00a0min`;
  const rest = count % MINUTE;
  return rest === 0 ? minutes : `${minutes}\u00a0${formats.units(rest, 's')}`;
}

function unitOf(kind: string): 's' | 'B' | '1' {
  if (kind === 'voice') return 's';
  return kind === 'data' ? 'B' : '1';
}
