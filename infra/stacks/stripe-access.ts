import { ArnFormat, Duration, type Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Access } from '#infra/constructs/access.ts';
import type { AlarmDesk } from '#infra/constructs/alarm-desk.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';

/** Name of the SecureString with Stripe's secret key. An operator puts it there by hand: no template ever holds the key. */
export function stripeSecretParameter(stage: string): string {
  return `/dunlin/${stage}/stripe/secret-key`;
}

/** How a function finds Stripe. */
export function stripeEnvironment(settings: StageSettings): Readonly<Record<string, string>> {
  return {
    STRIPE_SECRET_PARAMETER: stripeSecretParameter(settings.stage),
    STRIPE_API_BASE: settings.stripeEndpoint,
  };
}

/**
 * The right to read that one parameter. It is encrypted under `aws/ssm`, whose own policy lets everybody decrypt who
 * may read the parameter.
 */
export function onStripeSecret(stack: Stack, settings: StageSettings): Access {
  const parameterArn = stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: stripeSecretParameter(settings.stage).slice(1),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return { actions: ['ssm:GetParameter'], resources: [parameterArn] };
}

/** Rings when the function asked for the key and got none: it answers 503 until somebody puts it there. */
export function watchStripeSecret(alarms: AlarmDesk, name: string, reader: HouseFunction): void {
  alarms.watch(
    reader,
    { errorImpact: `The function ${name} cannot reach Stripe: it does not know the secret key.`, runbook: name },
    {
      sign: 'secret-missing',
      metric: new Metric({
        namespace: 'Dunlin',
        metricName: 'SecretMissing',
        dimensionsMap: { service: name },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 1,
    },
  );
}
