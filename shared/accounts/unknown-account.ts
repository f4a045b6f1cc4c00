import { NotFound } from '#shared/platform/failure.ts';

export function unknownAccount(account: string): NotFound {
  return new NotFound('unknown-account', `There is no account ${account}. PUT /v1/accounts/${account} makes it.`);
}
