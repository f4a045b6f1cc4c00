import { asStored } from '../objects/as-stored.ts';
import { linesOf } from '../objects/invoice-lines.ts';
import { invoiceOf } from '../objects/invoices.ts';
import { pageOf } from '../wire/pages.ts';
import { pageParams } from '../wire/params.ts';
import { operation } from './operation.ts';

export const invoiceLineOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoices/{invoice}/lines',
    params: pageParams,
    handle: ({ world, params: page, ids, path }) =>
      pageOf(linesOf(world, invoiceOf(world, ids.invoice)), page, path, asStored),
  }),
];
