import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

let isRegistered = false;

/** From here on Node imports `.tsx` as well; by itself it only strips types. */
export function loadTsx(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context);
      const { source } = nextLoad(url, { ...context, format: 'module' });
      const sourcefile = fileURLToPath(url);
      const options = { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact', sourcefile } as const;
      return { format: 'module', shortCircuit: true, source: transformSync(textOf(source), options).code };
    },
  });
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined): string {
  if (typeof source === 'string') return source;
  if (source === undefined) throw new Error('A module without source.');
  return new TextDecoder().decode(source);
}
