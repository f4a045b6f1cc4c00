import * as z from 'zod';
import type { BucketService } from '../buckets/bucket-service.ts';
import type { MailService } from '../mail/mail-service.ts';
import type { ParameterStore } from '../parts/parameter-store.ts';
import type { TablesPart } from '../parts/start-tables.ts';
import { type QueueService, queueIn } from '../queues/queue-service.ts';
import { awsError, jsonOf, type PartAnswer, type PartRequest } from './exchange.ts';
import type { Service } from './operation.ts';

/** Brings each AWS request to the part that plays the service. */
export class AwsParts {
  readonly #tables: Pick<TablesPart, 'send'>;
  readonly #queues: QueueService;
  readonly #buckets: BucketService;
  readonly #parameters: ParameterStore;
  readonly #mails: MailService;
  readonly #sent: (queue: string) => void;

  /** `sent` hears of every queue on which messages were put. */
  constructor(options: {
    tables: Pick<TablesPart, 'send'>;
    queues: QueueService;
    buckets: BucketService;
    parameters: ParameterStore;
    mails: MailService;
    sent: (queue: string) => void;
  }) {
    this.#tables = options.tables;
    this.#queues = options.queues;
    this.#buckets = options.buckets;
    this.#parameters = options.parameters;
    this.#mails = options.mails;
    this.#sent = options.sent;
  }

  /** Queues that the request put messages on. */
  #fed(operation: string, request: PartRequest): readonly string[] {
    if (operation.startsWith('SendMessage')) return [queueOf(request)];
    if (operation !== 'StartMessageMoveTask') return [];
    const { SourceArn } = z.object({ SourceArn: z.string() }).parse(jsonOf(request.body));
    return this.#queues.fedBy(queueIn(SourceArn));
  }

  async answer(service: Service, operation: string, request: PartRequest, caller: string): Promise<PartAnswer> {
    switch (service) {
      case 'DynamoDB':
        return this.#tables.send(request, caller);
      case 'SQS': {
        const answer = await this.#queues.send(request);
        if (answer.status === 200) for (const queue of this.#fed(operation, request)) this.#sent(queue);
        return answer;
      }
      case 'SSM':
        return this.#parameters.answer(operation, request);
      case 'S3':
        return this.#buckets.answer(operation, request);
      case 'SES':
        return this.#mails.answer(operation, request);
      case 'Stripe':
      case 'Operator':
        return awsError(400, 'UnknownOperationException', `${service} has an address of its own.`);
      default:
        return service satisfies never;
    }
  }
}

const Sending = z.object({ QueueUrl: z.string() });

function queueOf(request: PartRequest): string {
  const { QueueUrl } = Sending.parse(JSON.parse(request.body.toString()));
  return QueueUrl.split('/').at(-1) ?? '';
}
