import { ratedAccount } from '#shared/accounts/account-book.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { namedPeriod } from '#shared/accounts/named-period.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { unknownAccount } from '#shared/accounts/unknown-account.ts';
import { InvalidInput } from '#shared/platform/failure.ts';
import type { Period } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { RatingDependencies } from '../rate-account.ts';
import { priceAccount, pricePlans } from './price-plans.ts';
import type { PriceRequest } from './price-request.ts';
import { priceView } from './price-view.ts';
import { pricedRecords } from './priced-records.ts';

/** Records over all plans of one answer: each is a row of some 200 bytes, and an answer has at most 6 MB. */
const MOST_ROWS = 20_000;
const MOST_CHARACTERS = 5_000_000;

/**
 * What the records would cost. Reads the catalog and, where it is asked for by `account`, the account; stores nothing.
 * @throws NotFound `unknown-account` · InvalidInput 422 `invalid-body`, `unknown-plan`, `plan-not-priced`, 413 `answer-too-long`
 */
export async function price(accounts: AccountServices, rating: RatingDependencies, request: PriceRequest) {
  const records = request.lines.reduce((sum, line) => sum + line.records.length, 0);
  const rows = records * (request.plans?.length ?? 1);
  if (rows > MOST_ROWS) {
    const asked = `${records} records under ${request.plans?.length} plans`;
    throw tooLong(`${asked} are ${rows} rows; an answer has at most ${MOST_ROWS}.`);
  }
  const answer = await priced(accounts, rating, request);
  if (JSON.stringify(answer).length > MOST_CHARACTERS) throw tooLong('The answer has more than 5 MB.');
  return answer;
}

async function priced(accounts: AccountServices, rating: RatingDependencies, request: PriceRequest) {
  const lines = request.lines.map(({ line }) => line);
  const catalogs = await rating.catalogs();
  if (request.account === undefined) {
    const currency = mustHave(request.currency, 'The body has no currency.');
    const period = mustHave(request.period, 'The body has no period.');
    const terms = { currency, timezone: request.timezone ?? 'UTC', period, catalogs };
    const records = pricedRecords(request.lines, period);
    return priceView(pricePlans(request.plans ?? [], lines, records, terms), accounts.clock());
  }
  const item = await readAccount(accounts, request.account);
  const account = await ratedAccount(accounts.ledger, request.account);
  if (account === undefined) throw unknownAccount(request.account);
  const period: Period = request.period ?? (await namedPeriod(accounts, item, 'current'));
  const terms = { currency: account.currency, timezone: account.timezone, period, catalogs };
  const records = pricedRecords(request.lines, period);
  return priceView([priceAccount(account, lines, records, terms)], accounts.clock());
}

function tooLong(why: string): InvalidInput {
  return new InvalidInput(413, 'answer-too-long', `${why} Ask for fewer records or plans at once.`);
}
