import type { Resource, Stack } from './assembly.ts';
import { ACCOUNT } from './deployment.ts';
import { type Identity, identityOf, isKnown, isMade, nameProperty } from './identity.ts';
import { evaluate, type Scope } from './intrinsics.ts';

/** The names that one stack's template may use, and what they stand for. */
export class StackScope {
  readonly stack: Stack;
  readonly #region: string;
  readonly #api: string;
  readonly #imported: (exportName: string) => unknown;
  readonly #pseudo: ReadonlyMap<string, unknown>;

  constructor(stack: Stack, options: { region: string; api: string; imported: (exportName: string) => unknown }) {
    this.stack = stack;
    this.#region = options.region;
    this.#api = options.api;
    this.#imported = options.imported;
    this.#pseudo = new Map<string, unknown>([
      ['AWS::AccountId', ACCOUNT],
      ['AWS::Partition', 'aws'],
      ['AWS::Region', options.region],
      ['AWS::StackName', stack.name],
      ['AWS::StackId', `arn:aws:cloudformation:${options.region}:${ACCOUNT}:stack/${stack.name}/local`],
      ['AWS::URLSuffix', 'amazonaws.com'],
    ]);
  }

  /** The resources with all names in their properties replaced. A type that is not known is refused. */
  *resources(): Generator<{ logicalId: string; type: string; identity: Identity; properties: unknown }> {
    for (const [logicalId, { Type, Properties }] of Object.entries(this.stack.Resources)) {
      const where = `${this.stack.name}/${logicalId}`;
      if (!isKnown(Type)) throw new Error(`${where}: the local cloud does not know resources of type ${Type}.`);
      if (!isMade(Type)) continue;
      yield {
        logicalId,
        type: Type,
        identity: this.#identity(logicalId, this.stack.Resources[logicalId]),
        properties: evaluate(Properties, this.#scope(where)),
      };
    }
  }

  exportedValue(exportName: string): unknown {
    for (const [id, { Value, Export }] of Object.entries(this.stack.Outputs)) {
      const scope = this.#scope(`${this.stack.name}/Outputs/${id}`);
      if (Export !== undefined && evaluate(Export.Name, scope) === exportName) return evaluate(Value, scope);
    }
    return undefined;
  }

  #scope(where: string): Scope {
    return {
      where,
      imported: this.#imported,
      ref: name => this.#ref(name, where),
      attribute: (logicalId, name) => {
        const value = this.#identity(logicalId, this.stack.Resources[logicalId], where).attributes[name];
        if (value === undefined)
          throw new Error(`${where}: the local cloud knows no attribute ${name} of ${logicalId}.`);
        return value;
      },
    };
  }

  #ref(name: string, where: string): unknown {
    if (this.#pseudo.has(name)) return this.#pseudo.get(name);
    const parameter = this.stack.Parameters[name];
    if (parameter === undefined) return this.#identity(name, this.stack.Resources[name], where).ref;
    if (parameter.Type !== 'String' || parameter.Default === undefined) {
      throw new Error(`${where}: the local cloud has no value for the template parameter ${name} (${parameter.Type}).`);
    }
    return parameter.Default;
  }

  #identity(logicalId: string, resource: Resource | undefined, where = this.stack.name): Identity {
    if (resource === undefined) throw new Error(`${where}: the template has no ${logicalId}.`);
    const property = nameProperty(resource.Type);
    const given = property === undefined ? undefined : resource.Properties[property];
    const made = `${this.stack.name}-${logicalId}`;
    const fallback = resource.Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
    const name =
      given === undefined ? fallback : String(evaluate(given, this.#scope(`${this.stack.name}/${logicalId}`)));
    return identityOf(resource.Type, name, { region: this.#region, logicalId, api: this.#api });
  }
}
