import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmRegistry } from '#infra/constructs/alarm-registry.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';

/** Rings when the function asked for Stripe's key and got none: it answers 503 until the key is there. */
export function watchStripeSecret(alarms: AlarmRegistry, reader: HouseFunction): void {
  const name = reader.node.id;
  alarms.watch(
    reader,
    { errorImpact: `The function ${name} cannot reach Stripe: it does not know the secret key.`, runbook: name },
    { sign: 'secret-missing', metric: counted('SecretMissing', name), threshold: 1 },
  );
}

/** Rings when the function asked for the webhook's secrets and got none: it answers 503 until they are there. */
export function watchWebhookSecrets(alarms: AlarmRegistry, reader: HouseFunction): void {
  const name = reader.node.id;
  const errorImpact = 'No event of Stripe is taken in: what it is signed with is not known here.';
  const metric = counted('SecretMissing', name);
  alarms.watch(reader, { errorImpact, runbook: name }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when the function asked for what signs links, or for Stripe's key, and got none. */
export function watchPageSecrets(alarms: AlarmRegistry, reader: HouseFunction): void {
  const errorImpact = 'Links in messages do not open: a secret that they need is not known here.';
  const metric = counted('SecretMissing', reader.node.id);
  alarms.watch(reader, { errorImpact, runbook: 'link-pages' }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when an event came only because it was fetched: Stripe does not get through. */
export function watchMissedEvents(alarms: AlarmRegistry, taker: HouseFunction): void {
  const name = taker.node.id;
  const errorImpact = 'Stripe does not reach the webhook: payments and cards are noticed up to half a day late.';
  const metric = counted('EventsMissed', name);
  alarms.watch(taker, { errorImpact, runbook: name }, { sign: 'missed', metric, threshold: 1 });
}

/** Rings when a batch was in the bucket for a day and intake had not heard of it. */
export function watchUncounted(alarms: AlarmRegistry, audit: HouseFunction): void {
  const name = audit.node.id;
  const errorImpact = 'Accepted usage was not counted for a day: usage displays lacked it, and bills may.';
  const metric = counted('UsageUncounted', name);
  alarms.watch(audit, { errorImpact, runbook: name }, { sign: 'uncounted', metric, threshold: 1 });
}

/** Rings when the function found what does not heal by itself, and opened a case for it. */
export function watchIncidents(alarms: AlarmRegistry, finder: HouseFunction): void {
  const name = finder.node.id;
  alarms.watch(
    finder,
    { errorImpact: 'A subscriber is billed wrongly or not at all until a person decides the case.', runbook: name },
    { sign: 'cases-opened', metric: counted('CasesOpened', name), threshold: 1 },
  );
}

/** Rings when the function asked for what signs links, or posts to the operator, and got none. */
export function watchMessageSecrets(alarms: AlarmRegistry, reader: HouseFunction): void {
  const errorImpact = 'Messages or service commands wait: a secret that signs them is not known here.';
  const metric = counted('SecretMissing', reader.node.id);
  alarms.watch(reader, { errorImpact, runbook: reader.node.id }, { sign: 'secret-missing', metric, threshold: 1 });
}

/** Rings when a message or a command does not get through by itself, or a mail came back. */
export function watchMessageIncidents(alarms: AlarmRegistry, finder: HouseFunction): void {
  const errorImpact = 'A subscriber does not get a bill or a notice, or a line is not restored, until a person looks.';
  const metric = counted('CasesOpened', finder.node.id);
  alarms.watch(finder, { errorImpact, runbook: finder.node.id }, { sign: 'cases-opened', metric, threshold: 1 });
}

/** What the function counts itself; `service` is its name. */
function counted(metricName: string, service: string): Metric {
  return new Metric({
    namespace: 'Dunlin',
    metricName,
    dimensionsMap: { service },
    period: Duration.minutes(5),
    statistic: 'Sum',
  });
}
