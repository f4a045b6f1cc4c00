import { LINE_TO_SENT_INVOICE } from './line-to-sent-invoice.ts';
import { survivesAnswers } from './survives-answers.ts';

survivesAnswers(
  'From a line that waits to an invoice that is sent',
  ['account-api', 'stripe-events', 'rating'],
  LINE_TO_SENT_INVOICE,
);
