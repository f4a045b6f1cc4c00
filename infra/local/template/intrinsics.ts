/** Where names in a template lead to. */
export interface Scope {
  /** The stack and logical id, for messages: `dunlin-dev-app/UsageApi`. */
  readonly where: string;
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string, name: string) => unknown;
  readonly imported: (exportName: string) => unknown;
}

/** Replaces `Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join` and `Fn::ImportValue` by their values. Any other function is refused by name. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => evaluate(item, scope));
  if (!isRecord(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (
    name !== undefined &&
    others.length === 0 &&
    (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
  ) {
    return call(name, value[name], scope);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)]));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const refuse = (): never => {
    throw new Error(`${scope.where}: ${name} ${JSON.stringify(argument)} is not known to the local cloud.`);
  };
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? scope.ref(argument) : refuse();
    case 'Fn::GetAtt': {
      const [id, ...attribute] =
        typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
      return typeof id === 'string' && attribute.length > 0 ? scope.attribute(id, attribute.join('.')) : refuse();
    }
    case 'Fn::ImportValue':
      return scope.imported(String(evaluate(argument, scope)));
    case 'Fn::Join': {
      const [separator, parts] = Array.isArray(argument) ? argument : [];
      const evaluated = evaluate(parts, scope);
      return typeof separator === 'string' && Array.isArray(evaluated) ? evaluated.join(separator) : refuse();
    }
    case 'Fn::Sub': {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      return typeof text === 'string' && isRecord(variables) ? substitute(text, variables, scope) : refuse();
    }
    default:
      return refuse();
  }
}

function substitute(text: string, variables: Record<string, unknown>, scope: Scope): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, escaped: string, name: string) => {
    if (escaped !== '') return `\${${name}}`;
    if (name in variables) return String(evaluate(variables[name], scope));
    const [id = '', ...attribute] = name.split('.');
    return String(attribute.length === 0 ? scope.ref(name) : scope.attribute(id, attribute.join('.')));
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
