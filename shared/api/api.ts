import { accountOperations } from './account-operations.ts';
import { adjustmentOperations } from './adjustment-operations.ts';
import { billOperations } from './bill-operations.ts';
import type { DescribedOpenOperation, DescribedOperation } from './declare.ts';
import { documentOperations } from './document-operations.ts';
import { dunningOperations } from './dunning-operations.ts';
import { fileOperations } from './file-operations.ts';
import { incidentOperations } from './incident-operations.ts';
import { messageOperations } from './message-operations.ts';
import { pageOperations } from './page-operations.ts';
import { readingOperations } from './reading-operations.ts';
import { stripeOperations } from './stripe-operations.ts';
import { usageOperations } from './usage-operations.ts';

/** Operations that belong together, by name. */
export interface OperationGroup {
  readonly title: string;
  /** The function that serves them. */
  readonly servedBy: string;
  readonly operations: Readonly<Record<string, DescribedOperation | DescribedOpenOperation>>;
}

/** The whole HTTP API. The routes of the stack and the API document are made from it; no function imports it. */
export const API: readonly OperationGroup[] = [
  { title: 'Usage', servedBy: 'usage-api', operations: usageOperations },
  { title: 'Files of usage', servedBy: 'usage-api', operations: fileOperations },
  { title: 'Accounts and lines', servedBy: 'account-api', operations: accountOperations },
  { title: 'Charges, credits, instalments', servedBy: 'account-api', operations: adjustmentOperations },
  { title: 'What was used', servedBy: 'account-api', operations: readingOperations },
  { title: 'Bills', servedBy: 'account-api', operations: billOperations },
  { title: 'Messages', servedBy: 'account-api', operations: messageOperations },
  { title: 'Dunning', servedBy: 'account-api', operations: dunningOperations },
  { title: 'Cases', servedBy: 'account-api', operations: incidentOperations },
  { title: 'Pages for subscribers', servedBy: 'pages', operations: pageOperations },
  { title: 'Stripe', servedBy: 'stripe-webhook', operations: stripeOperations },
  { title: 'This API', servedBy: 'account-api', operations: documentOperations },
];

/** The operations of a function. @throws Error when it has none */
export function operationsOf(servedBy: string): readonly (DescribedOperation | DescribedOpenOperation)[] {
  const operations = API.filter(group => group.servedBy === servedBy).flatMap(group => Object.values(group.operations));
  if (operations.length === 0) throw new Error(`The API has no operation that ${servedBy} serves.`);
  return operations;
}
