import * as z from 'zod';
import { openOperation } from './declare.ts';

export const stripeOperations = {
  deliverEvent: openOperation({
    method: 'POST',
    path: '/stripe/webhook',
    opens: 'by its signature',
    summary: 'Deliver an event of Stripe',
    description:
      'For Stripe only. Answered with 200 when the event is in the queue; after anything else Stripe delivers again, for three days.',
    body: { 'application/json': z.looseObject({ id: z.string(), object: z.literal('event'), type: z.string() }) },
    example: { id: 'evt_1QXg1o8vcGmoR32', object: 'event', type: 'invoice.paid' },
    answers: { 200: 'EventReceived' },
    problems: ['bad-signature', 'signature-too-old', 'not-an-event', 'not-json', 'body-too-large'],
  }),
};
