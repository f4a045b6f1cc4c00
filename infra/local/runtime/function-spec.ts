/** A Lambda function as the template declares it. */
export interface FunctionSpec {
  /** Short, as in the folder's name: `usage-intake`. */
  readonly name: string;
  /** The physical name: `dunlin-dev-usage-intake`. */
  readonly functionName: string;
  readonly arn: string;
  /** Absolute: the unpacked asset. */
  readonly directory: string;
  /** `index.handler` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
}
