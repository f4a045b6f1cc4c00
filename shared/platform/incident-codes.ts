import { namesOf } from './names-of.ts';

/**
 * Every code of an incident, with the function whose section of the runbook says what to do. A code that was ever in use
 * stays here: incidents stay on record.
 */
export const INCIDENT_CODES = {
  'no-moment': 'rating',
  'timestamp-too-old': 'rating',
  'timestamp-in-future': 'rating',
  'meter-inactive': 'rating',
  'meter-missing': 'rating',
  'customer-missing': 'rating',
  'meter-refused': 'rating',
  'meter-differs': 'rating',
  'meter-keeps-changing': 'rating',
  'meter-unreadable': 'rating',
  'summaries-differ': 'rating',
  'period-moved': 'rating',
  'gate-deadline': 'rating',
  'draft-stopped': 'rating',
  'source-silent': 'rating',
  'void-unmatched': 'rating',
  'invoice-not-final': 'rating',
  'numbers-differ': 'rating',
  'closing-refused': 'rating',
  'period-grows-large': 'rating',
  'period-too-large': 'rating',
  'late-usage-unbilled': 'rating',
  'bill-differs': 'bill-render',
  'bill-refused': 'bill-render',
  'mail-refused': 'notices',
  'mail-address-refused': 'notices',
  'no-operator-endpoint': 'notices',
  'no-address': 'notices',
  'message-waits': 'notices',
  'command-waits': 'notices',
  'mail-bounced': 'mail-feedback',
  'dunning-collections': 'dunning',
  'dunning-refused': 'dunning',
  'payment-waits': 'dunning',
  'line-billed-late': 'account-api',
  'provisioning-refused': 'account-api',
  'subscription-ended': 'account-api',
  'dispute-lost': 'stripe-events',
  'meter-errors': 'stripe-events',
  'invoice-finalisation-failed': 'stripe-events',
  'customer-deleted': 'stripe-events',
  'collection-paused': 'stripe-events',
  'quantity-changed': 'stripe-events',
  'refund-failed': 'stripe-events',
  'webhook-off': 'missed-events',
  'file-refused': 'usage-files',
  'file-stuck': 'usage-files',
  'file-differs': 'usage-files',
} as const satisfies Readonly<Record<string, string>>;

export type IncidentCode = keyof typeof INCIDENT_CODES;

export const INCIDENT_CODE_NAMES = namesOf(INCIDENT_CODES);

/** The code of a failure where it is one of an incident too, else `otherwise`; the detail then names the failure. */
export function incidentCodeOf(failure: string, otherwise: IncidentCode): IncidentCode {
  return INCIDENT_CODE_NAMES.find(code => code === failure) ?? otherwise;
}

/** Heading of the runbook under which it stands what to do. */
export function runbookSectionOf(code: IncidentCode): string {
  return `${INCIDENT_CODES[code]}-cases-opened`;
}
