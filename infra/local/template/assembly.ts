import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});
const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string(), packaging: z.string() }) })).default({}),
});
export const Resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export type Resource = z.infer<typeof Resource>;
const Template = z.object({
  Resources: z.record(z.string(), Resource).default({}),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.string().optional() })).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});

/** One stack of the cloud assembly. */
export interface Stack extends z.infer<typeof Template> {
  readonly name: string;
  readonly region: string | undefined;
  /** Asset hash → absolute path of what is packed under it. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Reads what `cdk synth` wrote. */
export function readAssembly(directory: string): Stack[] {
  const { artifacts } = Manifest.parse(json(directory, 'manifest.json'));
  return Object.entries(artifacts).flatMap(([id, { type, environment, properties }]) => {
    const file = properties?.templateFile;
    if (type !== 'aws:cloudformation:stack' || file === undefined) return [];
    const region = environment?.split('/').at(-1);
    const template = Template.parse(json(directory, file));
    const stack = {
      ...template,
      name: properties?.stackName ?? id,
      region: region === 'unknown-region' ? undefined : region,
      assets: assetsOf(directory, file),
    };
    return [stack];
  });
}

function assetsOf(directory: string, templateFile: string): Map<string, string> {
  const { files } = Assets.parse(json(directory, templateFile.replace('.template.json', '.assets.json')));
  return new Map(Object.entries(files).map(([hash, { source }]) => [hash, join(directory, source.path)]));
}

function json(directory: string, file: string): unknown {
  return JSON.parse(readFileSync(join(directory, file), 'utf8'));
}
