/** A decoded form or query: `a[b][0]=c` is `{ a: { b: { 0: 'c' } } }`. Lists stay keyed by index; the schema says which they are. */
export interface FormTree {
  [key: string]: string | FormTree;
}

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

export function decodeForm(text: string): FormTree {
  const root: FormTree = emptyTree();
  for (const [name, value] of new URLSearchParams(text)) place(root, segmentsOf(name), value);
  return root;
}

function segmentsOf(name: string): string[] {
  const match = NAME.exec(name);
  if (!match?.[1]) return [name];
  return [match[1], ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(found => found[1] ?? '')];
}

function place(root: FormTree, segments: readonly string[], value: string): void {
  let tree = root;
  segments.forEach((segment, depth) => {
    const key = segment === '' ? String(Object.keys(tree).length) : segment;
    if (depth === segments.length - 1) {
      tree[key] = value;
      return;
    }
    const below = tree[key];
    const next = typeof below === 'object' ? below : emptyTree();
    tree[key] = next;
    tree = next;
  });
}

/** Without a prototype, so that a parameter named `__proto__` is a parameter like any other. */
function emptyTree(): FormTree {
  return Object.create(null);
}
