import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Access } from '#infra/constructs/access.ts';

/** Name of the SecureString with Stripe's secret key. An operator puts it there by hand: no template ever holds the key. */
export function stripeSecretParameter(stage: string): string {
  return `/dunlin/${stage}/stripe/secret-key`;
}

/** Name of the SecureString with what Stripe signs its events with: one secret, or two while it is being replaced. */
export function webhookSecretsParameter(stage: string): string {
  return `/dunlin/${stage}/stripe/webhook-secrets`;
}

/** Name of the SecureString with what signs the links in messages: one secret, or the new and the old one. */
export function linkSecretParameter(stage: string): string {
  return `/dunlin/${stage}/links/secret`;
}

/** Name of the SecureString with what signs the posts to the operator's endpoint. */
export function operatorSecretParameter(stage: string): string {
  return `/dunlin/${stage}/operator/secret`;
}

/** How a function finds Stripe. */
export function stripeEnvironment(settings: StageSettings): Readonly<Record<string, string>> {
  return {
    STRIPE_SECRET_PARAMETER: stripeSecretParameter(settings.stage),
    STRIPE_API_BASE: settings.stripeEndpoint,
  };
}

export function onStripeSecret(stack: Stack, settings: StageSettings): Access {
  return onParameter(stack, stripeSecretParameter(settings.stage));
}

/**
 * The right to read that one parameter. It is encrypted under `aws/ssm`, whose own policy lets everybody decrypt who
 * may read the parameter.
 */
export function onParameter(stack: Stack, name: string): Access {
  const parameterArn = stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.slice(1),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return { actions: ['ssm:GetParameter'], resources: [parameterArn] };
}
