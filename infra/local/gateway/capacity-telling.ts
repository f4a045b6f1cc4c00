import * as z from 'zod';
import type { TablesPart } from '../parts/start-tables.ts';

const Asked = z.looseObject({});

/** DynamoDB that always says what a request consumed, indexes included. Whoever did not ask for it does not mind. */
export function capacityTelling(tables: Pick<TablesPart, 'send'>): Pick<TablesPart, 'send'> {
  return {
    send: (request, author) => {
      const asked = Asked.parse(JSON.parse(request.body.toString()));
      const body = Buffer.from(JSON.stringify({ ...asked, ReturnConsumedCapacity: 'INDEXES' }));
      return tables.send({ ...request, body }, author);
    },
  };
}
