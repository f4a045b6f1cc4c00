import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Kept between runs. */
const TOOLS = new URL('../../node_modules/.cache/documents/', import.meta.url).pathname;
const MOST_OUTPUT = 256 * 1024 * 1024;

const VERAPDF = 'org.verapdf.apps:cli:1.30.2';

/** Classes of veraPDF and of all that it needs, from Maven Central by its own client. */
export async function veraPdfClasses(): Promise<string> {
  const folder = join(TOOLS, 'verapdf');
  const list = join(folder, 'classes.txt');
  const [group, artifact, version] = VERAPDF.split(':');
  mkdirSync(folder, { recursive: true });
  const dependency = `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  const project = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>dunlin</groupId>
<artifactId>documents</artifactId><version>1</version><dependencies>${dependency}</dependencies></project>`;
  writeFileSync(join(folder, 'pom.xml'), project);
  const goals = [
    '--batch-mode',
    '--quiet',
    'dependency:copy-dependencies',
    `-DoutputDirectory=${join(folder, 'jars')}`,
  ];
  if (!existsSync(list)) {
    await run('mvn', ['--file', join(folder, 'pom.xml'), ...goals], { maxBuffer: MOST_OUTPUT });
    writeFileSync(list, VERAPDF);
  }
  return [join(folder, 'jars', '*')].join(delimiter);
}

const NU = 'vnu-jar@26.9.27';

/** The Nu HTML checker as one Java file. Maven Central has it too, in an edition of 2020 that knows no CSS of today. */
export async function nuHtmlChecker(): Promise<string> {
  const folder = join(TOOLS, 'nu');
  const jar = join(folder, 'node_modules/vnu-jar/build/dist/vnu.jar');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(jar)) {
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', '--prefix', folder, ...options, NU], { maxBuffer: MOST_OUTPUT });
  }
  return jar;
}

export interface Ran {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end, whatever it answers. */
export function program(name: string, options: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(name, options, { encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  if (error !== undefined) throw error;
  return { status: status ?? 1, output: stdout, errors: stderr };
}
