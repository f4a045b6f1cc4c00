import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { type PartAnswer, type PartRequest, sesError } from '../gateway/exchange.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import type { Deployment } from '../template/deployment.ts';
import type { EmbeddedSes } from './embedded-ses.ts';
import { eventsOf, type MailEvent } from './mail-events.ts';
import { readSending, type Sending } from './raw-message.ts';
import { refusalOf } from './refusal-of.ts';
import type { Topics } from './topics.ts';

/**
 * SES: what the embedded one lacks stands around it. Refuses what SES refuses, remembers what went out, and publishes
 * at once what became of it.
 */
export class MailService {
  readonly #ses: EmbeddedSes;
  readonly #outbox: Outbox;
  readonly #topics: Topics;
  readonly #deployment: Pick<Deployment, 'region' | 'configurationSets' | 'mailEvents'>;
  readonly #identities: readonly string[];
  readonly #now: () => Instant;

  constructor(options: {
    ses: EmbeddedSes;
    outbox: Outbox;
    topics: Topics;
    deployment: Pick<Deployment, 'region' | 'configurationSets' | 'mailEvents'>;
    /** Addresses and domains that mails may come from. */
    identities: readonly string[];
    now: () => Instant;
  }) {
    this.#ses = options.ses;
    this.#outbox = options.outbox;
    this.#topics = options.topics;
    this.#deployment = options.deployment;
    this.#identities = options.identities;
    this.#now = options.now;
  }

  async answer(operation: string, request: PartRequest): Promise<PartAnswer> {
    if (operation !== 'SendRawEmail') {
      return sesError(400, 'InvalidAction', `The local cloud's SES does not know ${operation}.`);
    }
    const sending = readSending(new URLSearchParams(request.body.toString()));
    const { region, configurationSets } = this.#deployment;
    const refusal = refusalOf(sending, { region, configurationSets, identities: this.#identities });
    if (refusal !== undefined) return refusal;
    const { answer, mail } = await this.#ses.send(request);
    if (mail === undefined) return sesError(400, 'InvalidParameterValue', answer.body.toString());
    this.#outbox.addMail({
      id: mail.messageId,
      at: printInstant(this.#now()),
      from: mail.from,
      to: sending.recipients.join(', '),
      subject: mail.subject,
      text: mail.body.text ?? '',
      html: mail.body.html ?? '',
      tags: Object.fromEntries(sending.tags.map(({ name, value }) => [name, value])),
      attachments: mail.attachments.map(({ filename = 'attachment', contentType, size }) => ({
        filename,
        contentType,
        bytes: size,
      })),
    });
    for (const event of eventsOf(sending, mail.messageId, mail.subject, this.#now(), region)) {
      this.#publish(sending, event);
    }
    return answer;
  }

  #publish({ configurationSet }: Sending, event: MailEvent): void {
    const name = event.eventType.toLowerCase();
    for (const destination of this.#deployment.mailEvents) {
      if (destination.configurationSet !== configurationSet || !destination.events.includes(name)) continue;
      this.#topics.publish(destination.topicArn, 'Amazon SES Email Event Notification', JSON.stringify(event));
    }
  }
}
