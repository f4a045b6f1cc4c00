import type { Instant } from '#shared/platform/instant.ts';
import type { TaxId } from '../records/account-fields.ts';
import { isRepeatable, nextAttempt } from './attempt.ts';
import type { ProviderTaxId } from './billing-provider.ts';
import type { TaxIdNote } from './provisioning-notes.ts';
import type { TaxIdStep } from './steps.ts';

/** Is there one to send or to take back? As long as not, nobody asks the provider. */
export function hasTaxIdsToSend(wanted: readonly TaxId[], notes: readonly TaxIdNote[]): boolean {
  return (
    wanted.some(taxId => noteOf(notes, taxId)?.id === undefined) ||
    notes.some(note => noteOf(wanted, note) === undefined)
  );
}

/** Those that are missing are sent; those that were sent, and are not the account's any more, are taken back. */
export function taxIdSteps(
  wanted: readonly TaxId[],
  notes: readonly TaxIdNote[],
  current: readonly ProviderTaxId[],
  now: Instant,
): TaxIdStep[] {
  const missing = wanted.filter(taxId => noteOf(notes, taxId)?.id === undefined);
  const gone = notes.filter(note => noteOf(wanted, note) === undefined);
  return [...missing.map(taxId => sent(taxId, notes, current, now)), ...gone.map(note => takenBack(note, current))];
}

function sent(
  { type, value }: TaxId,
  notes: readonly TaxIdNote[],
  current: readonly ProviderTaxId[],
  now: Instant,
): TaxIdStep {
  const taxId = { type, value };
  const matching = current.find(one => isSame(one, taxId));
  if (matching !== undefined) return { kind: 'adopt-tax-id', taxId, id: matching.id };
  const earlier = noteOf(notes, taxId)?.attempt;
  const repeats = earlier !== undefined && isRepeatable(earlier, now);
  return { kind: 'add-tax-id', taxId, attempt: repeats ? earlier : nextAttempt(earlier, now) };
}

function takenBack({ type, value, id, attempt }: TaxIdNote, current: readonly ProviderTaxId[]): TaxIdStep {
  const taxId = { type, value };
  const matching = current.find(one => (id === undefined ? isSame(one, taxId) : one.id === id));
  const isOurs = attempt !== undefined;
  return isOurs && matching !== undefined
    ? { kind: 'remove-tax-id', taxId, id: matching.id }
    : { kind: 'forget-tax-id', taxId };
}

export function noteOf<T extends TaxId>(notes: readonly T[], taxId: TaxId): T | undefined {
  return notes.find(note => note.type === taxId.type && note.value === taxId.value);
}

/** The provider may have taken out spaces and dots. */
function isSame(one: TaxId, other: TaxId): boolean {
  return one.type === other.type && bare(one.value) === bare(other.value);
}

function bare(value: string): string {
  return value.replace(/[^0-9a-z]/gi, '').toUpperCase();
}
