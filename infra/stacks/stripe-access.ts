import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Access } from '#infra/constructs/access.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';

/**
 * How a function finds Stripe, and how often an instance of it may call.
 * @param instances among which the function divides what Stripe takes; an instance that is refused makes room by itself
 */
export function stripeEnvironment(settings: StageSettings, instances: number): Readonly<Record<string, string>> {
  return {
    STRIPE_SECRET_PARAMETER: secretParameterName(settings.stage, 'stripe'),
    STRIPE_API_BASE: settings.stripeEndpoint,
    STRIPE_CALLS_PER_SECOND: String(settings.stripeCallsPerSecond / instances),
  };
}

export function onStripeSecret(stack: Stack, settings: StageSettings): Access {
  return onParameter(stack, secretParameterName(settings.stage, 'stripe'));
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
