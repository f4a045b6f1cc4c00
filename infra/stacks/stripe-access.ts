import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Access } from '#infra/constructs/access.ts';

/**
 * How a function reaches Stripe: endpoint and name of the secret key's parameter, and the right to read that one.
 * The parameter is a SecureString that an operator puts there by hand, so that no template ever holds the key. It is
 * encrypted under `aws/ssm`, whose own policy lets every reader of the parameter decrypt it.
 */
export function stripeAccess(
  scope: Construct,
  settings: StageSettings,
): { environment: Record<string, string>; access: Access } {
  const name = `/dunlin/${settings.stage}/stripe/secret-key`;
  const parameterArn = Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.slice(1),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return {
    environment: { STRIPE_SECRET_PARAMETER: name, STRIPE_API_BASE: settings.stripeEndpoint },
    access: { actions: ['ssm:GetParameter'], resources: [parameterArn] },
  };
}
