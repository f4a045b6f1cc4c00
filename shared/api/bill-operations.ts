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
      "A suffix of the id decides the form (`.json`, `.html`, `.pdf`, `.csv` for machines, `.sheet.csv` for the subscriber's own spreadsheet), else `Accept`, else JSON. JSON and page show the first 500 records; `annex` says that there are more. A large file is returned as a link to where it is kept. The table of more than 10 000 records is there some minutes after the bill.",
    params,
    answers: { 200: ['Bill', 'HtmlPage', 'PdfFile', 'CsvFile'], 303: 'Elsewhere' },
    problems: ['unknown-bill', 'records-not-ready'],
  }),
  listBillRecords: operation({
    method: 'GET',
    path: '/v1/bills/{bill}/records',
    scope: 'bills:read',
    summary: 'List the records of a bill',
    description: 'By line, kind and time, as they stand on the bill; none where the account does not want them there.',
    params,
    query: z.object(LISTING),
    answers: { 200: 'BillRecordList' },
    problems: ['unknown-bill', 'invalid-cursor'],
  }),
  getAnnex: operation({
    method: 'GET',
    path: '/v1/bills/{bill}/annex',
    scope: 'bills:read',
    summary: 'See which files with the records of a long bill are there',
    description:
      'More than 10 000 records are not in the bill itself: they come in files of their own, some minutes after it.',
    params,
    answers: { 200: 'BillAnnex' },
    problems: ['unknown-bill'],
  }),
  getAnnexPart: operation({
    method: 'GET',
    path: '/v1/bills/{bill}/annex/{part}',
    scope: 'bills:read',
    summary: 'Read a part of the records of a long bill on paper',
    params: z.object({ bill: z.string().max(260), part: z.coerce.number().int().min(1) }),
    answers: { 200: 'PdfFile', 303: 'Elsewhere' },
    problems: ['unknown-bill', 'unknown-part', 'records-not-ready'],
  }),
  getProof: operation({
    method: 'GET',
    path: '/v1/bills/{bill}/proof',
    scope: 'bills:read',
    summary: 'Read what a bill was made from',
    description: 'Everything that is needed to work the bill out again: records, rates, totals and digests.',
    params,
    answers: { 200: 'BillProof', 303: 'Elsewhere' },
    problems: ['unknown-bill', 'records-not-ready'],
  }),
};
