import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import type { ParameterStore } from './parts/parameter-store.ts';
import { localAddresses } from './runtime/function-environment.ts';
import type { Sandbox } from './stripe-sandbox/sandbox.ts';
import { type Deployment, OPERATOR_ORIGIN } from './template/deployment.ts';
import { WEBHOOK_SECRET } from './webhook-to-product.ts';

const STRIPE_KEY = secretParameterName('dev', 'stripe');
const WEBHOOK_SECRETS = secretParameterName('dev', 'webhook');
export const OPERATOR_SECRET = secretParameterName('dev', 'operator');

/** The names of what the operator puts into the parameter store by hand. */
const SECRETS = new Map([
  [STRIPE_KEY, 'sk_test_local'],
  [WEBHOOK_SECRETS, WEBHOOK_SECRET],
  [secretParameterName('dev', 'links'), 'local_link_secret_0123456789abcdef'],
  [OPERATOR_SECRET, 'local_operator_secret_0123456789abcdef'],
]);

/** Puts into the parameter store what the stacks declare, and the secrets that an operator puts there by hand. */
export function fillParameters(
  parameters: ParameterStore,
  deployment: Pick<Deployment, 'parameters'>,
  outside: { readonly aws: string; readonly stripe: string },
  sandbox: Sandbox | undefined,
): void {
  for (const [name, value] of deployment.parameters) {
    // Nobody but a function is to reach the operator.
    parameters.put(name, localAddresses(value, { ...outside, operator: OPERATOR_ORIGIN }));
  }
  for (const [name, value] of SECRETS) if (!parameters.has(name)) parameters.put(name, value, 'SecureString');
  // `dunlin setup`, run here in an earlier session, has put those of its own endpoints there.
  const signing = parameters.value(WEBHOOK_SECRETS)?.split(',') ?? [];
  if (!signing.includes(WEBHOOK_SECRET)) parameters.put(WEBHOOK_SECRETS, [...signing, WEBHOOK_SECRET].join(','));
  if (sandbox !== undefined) parameters.put(STRIPE_KEY, sandbox.key, 'SecureString');
}
