import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { ACCOUNT_STATES } from '#shared/accounts/directory/find-accounts.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { AccountFields, AccountPatch } from '#shared/accounts/records/account-fields.ts';
import { LineFields, LinePatch } from '#shared/accounts/records/line-fields.ts';
import { jsonBody, mergePatchBody } from '#shared/platform/http/body.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { operation } from './declare.ts';

const ofAccount = z.object({ account: AccountId });
const ofLine = z.object({ account: AccountId, line: LineId });

/** Accounts and their lines (contract section 3). */
export const accountOperations = {
  listAccounts: operation({
    method: 'GET',
    path: '/v1/accounts',
    scope: 'accounts:read',
    summary: 'List or search accounts',
    description:
      'Newest first; with `search` in order of the words that were found. A page may be short, or empty, although more follow: go on until `next` is null. Accounts that were made before there was a directory are listed after their next `PUT`; by number they are found at once.',
    query: z.object({
      ...LISTING,
      search: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe(
          'Beginnings of words (three characters or more) of name, mail, external ids or account id, or a whole number: msisdn, imsi, iccid.',
        ),
      state: z.enum(ACCOUNT_STATES).optional().describe('By the lines of the account; `new`: it never had one.'),
    }),
    answers: { 200: 'AccountList' },
    problems: ['invalid-cursor'],
  }),
  putAccount: operation({
    method: 'PUT',
    path: '/v1/accounts/{account}',
    scope: 'accounts:write',
    summary: 'Make or change an account',
    description:
      'Repeating it changes nothing. What is left out stays as it is; `null` takes the default, which for the language, the time zone and the country of the address is that of the brand or the catalog. The account is written first, then its Stripe customer is made or told of the change; when Stripe cannot be reached, the next `PUT` makes up for it. The currency is fixed by the first line or invoice.',
    params: ofAccount,
    body: jsonBody(AccountFields),
    example: {
      name: 'Example AB',
      email: 'billing@example.com',
      phone: '+46701110000',
      address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
      locale: 'sv',
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      delivery: ['email'],
      itemised: true,
      billingDay: 1,
    },
    answers: { 200: 'ChangedAccount', 201: 'Account' },
    problems: [
      'currency-not-priced',
      'unknown-brand',
      'detail-refused',
      'currency-fixed',
      'not-yet-supported',
      'busy',
      'outcome-unknown',
    ],
  }),
  patchAccount: operation({
    method: 'PATCH',
    path: '/v1/accounts/{account}',
    scope: 'accounts:write',
    summary: 'Change fields of an account',
    description:
      'A merge patch (RFC 7396) over what `GET` returns: fields that are left out stay, `null` takes the default, inside `address` and `externalIds` too; lists are replaced whole.',
    params: ofAccount,
    body: mergePatchBody(AccountPatch),
    example: { email: 'invoices@example.com', address: { line2: null }, phone: null },
    answers: { 200: 'ChangedAccount' },
    problems: [
      'unknown-account',
      'currency-not-priced',
      'unknown-brand',
      'detail-refused',
      'currency-fixed',
      'not-yet-supported',
      'busy',
      'outcome-unknown',
    ],
  }),
  getAccount: operation({
    method: 'GET',
    path: '/v1/accounts/{account}',
    scope: 'accounts:read',
    summary: 'Read an account',
    params: ofAccount,
    answers: { 200: 'Account' },
    problems: ['unknown-account'],
  }),
  putLine: operation({
    method: 'PUT',
    path: '/v1/accounts/{account}/lines/{line}',
    scope: 'accounts:write',
    summary: 'Make or change a line',
    description:
      'What is left out stays as it is; `null` takes it away. `addOns` are those that the line has from now on: one that is left out of the list ends now, one that is named twice is there twice. The fees and all metered prices of its plan and its add-ons become items of the one Stripe subscription of the account. A line that Stripe did not take, or whose first invoice is unpaid, is returned as `pending`: its usage is counted all the same.',
    params: ofLine,
    body: jsonBody(LineFields),
    example: { msisdn: '+46701234567', plan: 'mobile-10', addOns: [], from: '2026-11-01T00:00:00Z' },
    answers: { 200: 'ChangedLine', 201: 'Line' },
    problems: [
      'unknown-account',
      'too-many-lines',
      'unknown-plan',
      'plan-not-priced',
      'unknown-add-on',
      'add-on-not-priced',
      'detail-refused',
      'number-taken',
      'not-yet-supported',
      'busy',
      'outcome-unknown',
    ],
  }),
  patchLine: operation({
    method: 'PATCH',
    path: '/v1/accounts/{account}/lines/{line}',
    scope: 'accounts:write',
    summary: 'Change fields of a line',
    description: 'A merge patch (RFC 7396): fields that are left out stay, `null` takes one away.',
    params: ofLine,
    body: mergePatchBody(LinePatch),
    example: { imsi: '240011234567890', iccid: null },
    answers: { 200: 'ChangedLine' },
    problems: [
      'unknown-account',
      'unknown-line',
      'unknown-plan',
      'plan-not-priced',
      'unknown-add-on',
      'add-on-not-priced',
      'detail-refused',
      'number-taken',
      'not-yet-supported',
      'busy',
      'outcome-unknown',
    ],
  }),
  getLine: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/lines/{line}',
    scope: 'accounts:read',
    summary: 'Read a line',
    params: ofLine,
    answers: { 200: 'Line' },
    problems: ['unknown-account', 'unknown-line'],
  }),
  listLines: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/lines',
    scope: 'accounts:read',
    summary: 'List the lines of an account',
    description: 'Newest first, ended ones too.',
    params: ofAccount,
    query: z.object(LISTING),
    answers: { 200: 'LineList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
};
