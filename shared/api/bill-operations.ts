import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { operation } from './declare.ts';

const params = z.object({ bill: z.string().max(260) });

/** Bills (contract section 6). */
export const billOperations = {
  listBills: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/bills',
    scope: 'bills:read',
    summary: 'List the bills of an account',
    description: 'Newest first.',
    params: z.object({ account: AccountId }),
    query: z.object(LISTING),
    answers: { 200: 'BillList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
  getBill: operation({
    method: 'GET',
    path: '/v1/bills/{bill}',
    scope: 'bills:read',
    summary: 'Read a bill',
    description:
      "A suffix of the id decides the form (`.json`, `.html`, `.pdf`, `.csv` for machines, `.sheet.csv` for the subscriber's own spreadsheet), else `Accept`, else JSON. A large file is returned as a link to where it is kept.",
    params,
    answers: { 200: ['Bill', 'HtmlPage', 'PdfFile', 'CsvFile'], 303: 'Elsewhere' },
    problems: ['unknown-bill'],
  }),
  getProof: operation({
    method: 'GET',
    path: '/v1/bills/{bill}/proof',
    scope: 'bills:read',
    summary: 'Read what a bill was made from',
    description: 'Everything that is needed to work the bill out again: records, rates, totals and digests.',
    params,
    answers: { 200: 'BillProof' },
    problems: ['unknown-bill'],
  }),
};
