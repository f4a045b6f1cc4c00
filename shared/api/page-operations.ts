import * as z from 'zod';
import { openOperation } from './declare.ts';

const opens = 'by its signed link';
const ofToken = z.object({ token: z.string().max(1_000).describe('From the message; it stands for one account.') });
const pages = {
  404: 'HtmlPage',
  410: 'HtmlPage',
  429: 'HtmlPage',
  500: 'HtmlPage',
  502: 'HtmlPage',
  503: 'HtmlPage',
} as const;
const heads = {
  404: 'Nothing',
  410: 'Nothing',
  429: 'Nothing',
  500: 'Nothing',
  502: 'Nothing',
  503: 'Nothing',
} as const;

/** What subscribers open from messages (contract section 6). The token says in whose language they are. */
export const pageOperations = {
  openBill: openOperation({
    method: 'GET',
    path: '/b/{token}',
    opens,
    summary: 'Open a bill',
    description:
      'As a page, or with `.pdf`, `.sheet.csv` or `.csv` behind the token as a file. The records of a long bill come in pages of 500, and on paper in parts (`.1.pdf`). Where the brand asks for a code, a masked summary and the way to get one.',
    params: ofToken,
    query: z.object({
      sent: z.string().optional().describe('Present: a code was sent.'),
      page: z.string().optional().describe('Which page of the records, from 1.'),
    }),
    answers: { 200: ['HtmlPage', 'PdfFile', 'CsvFile'], 303: 'Elsewhere', ...pages },
  }),
  headBill: openOperation({
    method: 'HEAD',
    path: '/b/{token}',
    opens,
    summary: 'See whether a bill can be opened',
    params: ofToken,
    answers: { 200: 'Nothing', 303: 'Nothing', ...heads },
  }),
  enterCode: openOperation({
    method: 'POST',
    path: '/b/{token}',
    opens,
    summary: 'Enter the code that opens a bill',
    description: 'A right code sets a session cookie and leads to the bill.',
    params: ofToken,
    body: { 'application/x-www-form-urlencoded': z.object({ code: z.string().max(200) }) },
    answers: { 303: 'Elsewhere', 403: 'HtmlPage', ...pages },
  }),
  orderCode: openOperation({
    method: 'POST',
    path: '/b/{token}/code',
    opens,
    summary: 'Have a code sent',
    params: ofToken,
    answers: { 303: 'Elsewhere', ...pages },
  }),
  openPayment: openOperation({
    method: 'GET',
    path: '/pay/{token}',
    opens,
    summary: 'Pay, or store a payment method',
    description: "Leads to Stripe's page, found or made at each click, or says why there is nothing to do.",
    params: ofToken,
    query: z.object({
      saved: z.string().optional().describe('Present: the payment method was stored.'),
      back: z.string().optional().describe('Present: it was not.'),
    }),
    answers: { 200: 'HtmlPage', 303: 'Elsewhere', ...pages },
  }),
  headPayment: openOperation({
    method: 'HEAD',
    path: '/pay/{token}',
    opens,
    summary: 'See whether there is something to pay',
    params: ofToken,
    answers: { 200: 'Nothing', 303: 'Nothing', ...heads },
  }),
};
