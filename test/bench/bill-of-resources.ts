import type { Consumption } from './consumption.ts';
import { rounded } from './figure.ts';
import { LIST_PRICES, type Resource } from './list-prices.ts';

const NAMES: Readonly<Record<Resource, string>> = {
  writeUnits: 'writes',
  readUnits: 'reads',
  queueRequests: 'queues',
  objectPuts: 'objects put',
  objectGets: 'objects read',
  invocations: 'invocations',
  gbSeconds: 'Lambda time',
  slowerGbSeconds: 'Lambda time on a share of a core',
  apiRequests: 'API',
  decryptions: 'KMS',
  scheduled: 'Scheduler',
  logBytes: 'logs',
  mails: 'SES',
  notifications: 'SNS',
};

/** Largest first, without what is below a tenth of a cent. */
export function byResource(used: Consumption): string {
  return used
    .entries()
    .map(([resource, amount]) => ({ resource, cost: amount * LIST_PRICES[resource] }))
    .filter(({ cost }) => cost >= 0.001)
    .sort((a, b) => b.cost - a.cost)
    .map(({ resource, cost }) => `${NAMES[resource]} ${dollars(cost)}`)
    .join(', ');
}

export function dollars(amount: number): string {
  return `$${rounded(amount)}`;
}
