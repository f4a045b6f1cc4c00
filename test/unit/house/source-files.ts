import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export interface SourceFile {
  /** From the project's folder: `shared/rating/rate.ts`. */
  readonly path: string;
  readonly lines: number;
  /** What it imports of our own, as paths from the project's folder. */
  readonly imports: readonly string[];
  /** What it imports of others: `stripe`, `@aws-sdk/client-dynamodb`. */
  readonly packages: readonly string[];
}

const IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g;

/** Every file of the four places where we write. */
export function projectFiles(): readonly string[] {
  return globSync('{infra,functions,shared,test}/**/*', { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative('.', join(entry.parentPath, entry.name)))
    .sort();
}

/** All TypeScript files, generated ones aside. */
export function sourceFiles(): readonly SourceFile[] {
  return projectFiles()
    .filter(path => /\.tsx?$/.test(path) && !path.split('/').includes('generated'))
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const imported = [...text.matchAll(IMPORT)].flatMap(([, specifier]) => (specifier === undefined ? [] : [specifier]));
  const own = imported.filter(specifier => /^[#.]/.test(specifier));
  return {
    path,
    lines: text.split('\n').length - 1,
    imports: own.map(specifier =>
      specifier.startsWith('#') ? specifier.slice(1) : normalize(join(dirname(path), specifier)),
    ),
    packages: imported.filter(specifier => !/^[#.]/.test(specifier)),
  };
}
