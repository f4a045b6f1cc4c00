import type { Operation } from '../operations/operation.ts';

export interface Match {
  readonly operation: Operation;
  /** Path ids by the names in the template. */
  readonly ids: Readonly<Record<string, string>>;
}

export class Router {
  readonly #routes: readonly { readonly operation: Operation; readonly template: readonly string[] }[];

  constructor(operations: readonly Operation[]) {
    this.#routes = operations.map(operation => ({ operation, template: operation.path.split('/') }));
  }

  find(method: string, path: string): Match | undefined {
    const segments = path.split('/');
    for (const { operation, template } of this.#routes) {
      if (operation.method !== method || template.length !== segments.length) continue;
      const ids = idsIn(template, segments);
      if (ids) return { operation, ids };
    }
    return undefined;
  }
}

function idsIn(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const ids: Record<string, string> = {};
  for (const [position, part] of template.entries()) {
    const segment = segments[position] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return undefined;
      ids[part.slice(1, -1)] = decodeURIComponent(segment);
    } else if (part !== segment) return undefined;
  }
  return ids;
}
