import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { AlarmRegistry } from './alarm-registry.ts';

/** What the functions of one stage share. */
export interface Platform {
  /** `dunlin-<stage>`, first part of every physical name. */
  readonly prefix: string;
  readonly alarms: AlarmRegistry;
  readonly api: HttpApi;
  /** Where the API is reached from outside, without a slash at the end. */
  readonly address: string;
  /** Folder of a function's bundle; throws for a name that was not built. */
  bundleOf(name: string): string;
}
