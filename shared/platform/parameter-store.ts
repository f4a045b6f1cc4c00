/** The part of the client that we use. Imported by this file, the rest is left out of the bundle: 14 KB instead of 208. */
export { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
