import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { awsError, jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';

const ParameterType = z.enum(['String', 'SecureString', 'StringList']);
const Parameter = z.object({ value: z.string(), type: ParameterType, version: z.int(), changedAt: z.number() });
type Parameter = z.infer<typeof Parameter>;
const Kept = z.record(z.string(), Parameter);

const Get = z.object({ Name: z.string(), WithDecryption: z.boolean().default(false) });
const GetMany = z.object({ Names: z.array(z.string()).min(1).max(10), WithDecryption: z.boolean().default(false) });
const Delete = z.object({ Name: z.string() });
const Put = z.object({
  Name: z.string(),
  Value: z.string().min(1),
  Type: ParameterType.optional(),
  Overwrite: z.boolean().default(false),
});

/** SSM's parameters, as far as they are read, put and removed by name; anything else is refused by its name. `file` keeps them. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();
  readonly #now: () => Instant;
  readonly #region: string;
  readonly #file: string | undefined;

  constructor(options: { now: () => Instant; region: string; file?: string }) {
    this.#now = options.now;
    this.#region = options.region;
    this.#file = options.file;
    if (options.file !== undefined && existsSync(options.file)) {
      const kept = Kept.parse(JSON.parse(readFileSync(options.file, 'utf8')));
      for (const [name, parameter] of Object.entries(kept)) this.#parameters.set(name, parameter);
    }
  }

  put(name: string, value: string, type: Parameter['type'] = 'String'): number {
    const before = this.#parameters.get(name);
    const version = (before?.version ?? 0) + 1;
    this.#parameters.set(name, { value, type: before?.type ?? type, version, changedAt: this.#now() });
    this.#keep();
    return version;
  }

  value(name: string): string | undefined {
    return this.#parameters.get(name)?.value;
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  answer(operation: string, request: PartRequest): PartAnswer {
    const input: unknown = JSON.parse(request.body.toString() || '{}');
    switch (operation) {
      case 'GetParameter': {
        const { Name, WithDecryption } = Get.parse(input);
        const found = this.#show(Name, WithDecryption);
        return found === undefined
          ? awsError(400, 'ParameterNotFound', `${Name} is not there.`)
          : answered({ Parameter: found });
      }
      case 'GetParameters': {
        const { Names, WithDecryption } = GetMany.parse(input);
        return answered({
          Parameters: Names.flatMap(name => this.#show(name, WithDecryption) ?? []),
          InvalidParameters: Names.filter(name => !this.has(name)),
        });
      }
      case 'PutParameter': {
        const { Name, Value, Type, Overwrite } = Put.parse(input);
        if (this.has(Name) && !Overwrite) return awsError(400, 'ParameterAlreadyExists', `${Name} is there already.`);
        return answered({ Version: this.put(Name, Value, Type), Tier: 'Standard' });
      }
      case 'DeleteParameter': {
        const { Name } = Delete.parse(input);
        if (!this.#remove(Name)) return awsError(400, 'ParameterNotFound', `${Name} is not there.`);
        return answered({});
      }
      default:
        return awsError(400, 'UnsupportedOperationException', `The local parameter store does not know ${operation}.`);
    }
  }

  #remove(name: string): boolean {
    const wasThere = this.#parameters.delete(name);
    this.#keep();
    return wasThere;
  }

  #keep(): void {
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#parameters)));
  }

  #show(name: string, decrypt: boolean): object | undefined {
    const found = this.#parameters.get(name);
    if (found === undefined) return undefined;
    const readable = found.type !== 'SecureString' || decrypt;
    return {
      ARN: `arn:aws:ssm:${this.#region}:000000000000:parameter/${name.replace(/^\//, '')}`,
      Name: name,
      Type: found.type,
      // As in AWS, who does not ask for decryption gets something that works nowhere.
      Value: readable ? found.value : Buffer.from(`encrypted:${found.version}`).toString('base64'),
      Version: found.version,
      DataType: 'text',
      LastModifiedDate: found.changedAt / 1000,
    };
  }
}

const answered = (content: unknown): PartAnswer => jsonAnswer(200, content, 'application/x-amz-json-1.1');
