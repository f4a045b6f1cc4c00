import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';

/** Rings when the function asked for Stripe's key and got none: it answers 503 until the key is there. */
export function watchStripeSecret({ stage, alarms }: Platform, reader: HouseFunction): void {
  const name = reader.node.id;
  alarms.watch(
    reader,
    { errorImpact: `The function ${name} cannot reach Stripe: it does not know the secret key.`, runbook: name },
    { sign: 'secret-missing', metric: counted('SecretMissing', name, stage), threshold: 1 },
  );
}

/** Rings when the function asked for the webhook's secrets and got none: it answers 503 until they are there. */
export function watchWebhookSecrets({ stage, alarms }: Platform, reader: HouseFunction): void {
  const name = reader.node.id;
  const errorImpact = 'No event of Stripe is taken in: what it is signed with is not known here.';
  const metric = counted('SecretMissing', name, stage);
  alarms.watch(reader, { errorImpact, runbook: name }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when the function asked for what signs links, or for Stripe's key, and got none. */
export function watchPageSecrets({ stage, alarms }: Platform, reader: HouseFunction): void {
  const errorImpact = 'Links in messages do not open: a secret that they need is not known here.';
  const metric = counted('SecretMissing', reader.node.id, stage);
  alarms.watch(reader, { errorImpact, runbook: 'link-pages' }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when an event came only because it was fetched: Stripe does not get through. */
export function watchMissedEvents({ stage, alarms }: Platform, taker: HouseFunction): void {
  const name = taker.node.id;
  const errorImpact = 'Stripe does not reach the webhook: payments and cards are noticed up to half a day late.';
  const metric = counted('EventsMissed', name, stage);
  alarms.watch(taker, { errorImpact, runbook: name }, { sign: 'missed', metric, threshold: 1 });
}

/** Rings while Stripe delivers no events here: the endpoint is gone, switched off, or lacks types. */
export function watchEndpoint({ stage, alarms }: Platform, looker: HouseFunction): void {
  const errorImpact = 'Stripe tells nothing: cards, payments and invoices are noticed up to half a day late.';
  const metric = counted('EndpointOff', looker.node.id, stage);
  alarms.watch(looker, { errorImpact, runbook: looker.node.id }, { sign: 'endpoint-off', metric, threshold: 1 });
}

/** Rings when a batch was in the bucket for a day and intake had not heard of it. */
export function watchUncounted({ stage, alarms }: Platform, audit: HouseFunction): void {
  const name = audit.node.id;
  const errorImpact = 'Accepted usage was not counted for a day: usage displays lacked it, and bills may.';
  const metric = counted('UsageUncounted', name, stage);
  alarms.watch(audit, { errorImpact, runbook: name }, { sign: 'uncounted', metric, threshold: 1 });
}

/**
 * Rings when the function found what does not heal by itself, and opened a case for it. `canWait`: no invoice goes out
 * wrong before the next working day because of it.
 */
export function watchIncidents(
  { stage, alarms }: Platform,
  finder: HouseFunction,
  { canWait }: { readonly canWait: boolean },
): void {
  const name = finder.node.id;
  alarms.watch(
    finder,
    { errorImpact: 'A subscriber is billed wrongly or not at all until a person decides the case.', runbook: name },
    { sign: 'cases-opened', metric: counted('CasesOpened', name, stage), threshold: 1, canWait },
  );
}

/** Rings when a file of usage cannot be read, or does not get through. */
export function watchFileIncidents({ stage, alarms }: Platform, reader: HouseFunction): void {
  const errorImpact = 'A file of usage is not counted, or not all of it: bills lack it until a person looks.';
  const metric = counted('CasesOpened', reader.node.id, stage);
  alarms.watch(reader, { errorImpact, runbook: reader.node.id }, { sign: 'cases-opened', metric, threshold: 1 });
}

/** Rings when the function asked for what signs links, or posts to the operator, and got none. */
export function watchMessageSecrets({ stage, alarms }: Platform, reader: HouseFunction): void {
  const errorImpact = 'Messages or service commands wait: a secret that signs them is not known here.';
  const metric = counted('SecretMissing', reader.node.id, stage);
  alarms.watch(reader, { errorImpact, runbook: reader.node.id }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when a message or a command does not get through by itself, or a mail came back. */
export function watchMessageIncidents({ stage, alarms }: Platform, finder: HouseFunction): void {
  const errorImpact = 'A subscriber does not get a bill or a notice, or a line is not restored, until a person looks.';
  const metric = counted('CasesOpened', finder.node.id, stage);
  alarms.watch(
    finder,
    { errorImpact, runbook: finder.node.id },
    { sign: 'cases-opened', metric, threshold: 1, canWait: true },
  );
}

/** Rings when a case has been open for more than three days. */
export function watchStayingCases({ stage, alarms }: Platform, counter: HouseFunction): void {
  const name = counter.node.id;
  alarms.watch(
    counter,
    { errorImpact: 'A subscriber has waited for more than three days for somebody to decide a case.', runbook: name },
    {
      sign: 'stay-open',
      metric: counted('CasesStayOpen', name, stage).with({ period: Duration.days(1), statistic: 'Maximum' }),
      threshold: 1,
      canWait: true,
    },
  );
}

/** What the function counts itself; `service` is its name. */
function counted(metricName: string, service: string, stage: string): Metric {
  return new Metric({
    namespace: 'Dunlin',
    metricName,
    dimensionsMap: { service, stage },
    period: Duration.minutes(5),
    statistic: 'Sum',
  });
}
