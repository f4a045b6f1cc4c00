import type { DoorName } from '../gateway/gateways.ts';
import { OPERATOR_ORIGIN, QUEUE_ORIGIN, STRIPE_ORIGIN } from '../template/deployment.ts';
import type { FunctionSpec } from './function-spec.ts';

export type Doors = Readonly<Record<DoorName, string>>;

/**
 * The environment variables of a function's worker: its own, Lambda's, and the addresses of its own doors. Nothing of
 * the developer's shell gets in.
 */
export function functionEnvironment(spec: FunctionSpec, doors: Doors, region: string): Record<string, string> {
  const own = Object.entries(spec.environment).map(([name, value]) => [name, localAddresses(value, doors)]);
  return {
    PATH: '/usr/bin:/bin',
    TZ: 'UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: doors.aws,
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.functionName}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: spec.directory,
    _HANDLER: spec.handler,
    ...Object.fromEntries(own),
    ...('STRIPE_CALLS_PER_SECOND' in spec.environment && UNHURRIED),
  };
}

/** The local Stripe takes whatever comes, and domain time does not pass while a call waits for its turn. */
const UNHURRIED = { STRIPE_CALLS_PER_SECOND: '10000' };

/** Puts real addresses where the template's stand-ins are. */
export function localAddresses(text: string, doors: Doors): string {
  return text
    .replaceAll(QUEUE_ORIGIN, doors.aws)
    .replaceAll(STRIPE_ORIGIN, doors.stripe)
    .replaceAll(OPERATOR_ORIGIN, doors.operator);
}
