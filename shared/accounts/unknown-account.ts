import { NotFound } from '#shared/platform/failure.ts';

export function unknownAccount(account: string): NotFound {
  return new NotFound('unknown-account', `There is no account ${account}. PUT /v1/accounts/${account} makes it.`);
}

export function unknownLine(account: string, line: string): NotFound {
  const list = `GET /v1/accounts/${account}/lines lists those that it has.`;
  return new NotFound('unknown-line', `The account ${account} has no line ${line}. ${list}`);
}
