import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { synthesize } from '#infra/app.ts';
import type { FunctionBundle } from '#infra/build/bundle.ts';
import type { StageSettingsInput } from '#infra/config/stage-settings.ts';

export const SETTINGS: StageSettingsInput = {
  stage: 'dev',
  region: 'eu-north-1',
  alarmMail: 'alarms@example.com',
  mailFrom: 'Dunlin <billing@example.com>',
};

export const DOMAIN = {
  name: 'billing.example.com',
  certificateArn: 'arn:aws:acm:eu-north-1:123456789012:certificate/1',
};

/** All that an operator can turn on. */
export const EVERYTHING: Partial<StageSettingsInput> = {
  account: '123456789012',
  domain: DOMAIN,
  edge: {
    originName: 'origin.billing.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/2',
  },
  warningMail: 'office@example.com',
  tags: { 'cost-centre': '4711' },
  webhookInstances: 20,
  customerManagedKey: true,
  versioning: true,
  objectLockDays: 365,
  backupDays: 90,
  openTracking: true,
};

const FUNCTIONS = readdirSync('functions', { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
      DependsOn: z.array(z.string()).default([]),
    }),
  ),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});

export type Resource = z.infer<typeof Template>['Resources'][string] & { readonly id: string };

/** Both templates of a stage as one set of resources. */
export interface SynthesizedStage {
  /** Folder of the cloud assembly. */
  readonly directory: string;
  all(type: string): readonly Resource[];
  types(): readonly string[];
  /** A value of the template as text; resources that have a fixed name are told by it: `dunlin-dev-pages/index/wake`. */
  print(value: unknown): string;
}

/** The stacks as they would be deployed, with functions that contain nothing: what they contain has tests of its own. */
export async function synthesizedStage(
  options: { readonly settings?: Partial<StageSettingsInput>; readonly checked?: boolean } = {},
): Promise<SynthesizedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-synth-'));
  const { templates, directory } = await synthesize({
    settings: { ...SETTINGS, ...options.settings },
    outDir: join(folder, 'cdk.out'),
    bundles: emptyFunctions(folder),
    checked: options.checked ?? false,
  });
  const parsed = templates.map(({ template }) => Template.parse(template));
  const resources = parsed.flatMap(({ Resources }) =>
    Object.entries(Resources).map(([id, resource]) => ({ ...resource, id })),
  );
  const exported = new Map(
    parsed.flatMap(({ Outputs }) => Object.values(Outputs).map(output => [output.Export?.Name, output.Value])),
  );
  return {
    directory,
    all: type => resources.filter(resource => resource.Type === type),
    types: () => [...new Set(resources.map(({ Type }) => Type))].sort(),
    print: value => print(value, new Map(resources.map(resource => [resource.id, resource])), exported),
  };
}

function emptyFunctions(folder: string): ReadonlyMap<string, FunctionBundle> {
  const bundles = FUNCTIONS.map(name => {
    const directory = join(folder, name);
    mkdirSync(directory);
    writeFileSync(join(directory, 'index.mjs'), `export const handler = async () => '${name}';`);
    return { name, directory, files: ['index.mjs'], bytes: 0 };
  });
  return new Map(bundles.map(bundle => [bundle.name, bundle]));
}

const Intrinsic = z.union([
  z.string(),
  z.object({ Ref: z.string() }),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.object({ 'Fn::ImportValue': z.string() }),
  z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);

const NAMES = ['TableName', 'QueueName', 'FunctionName', 'LogGroupName', 'TopicName', 'BucketName', 'AlarmName'];

function print(
  value: unknown,
  resources: ReadonlyMap<string, Resource>,
  exported: ReadonlyMap<string | undefined, unknown>,
): string {
  const again = (inner: unknown) => print(inner, resources, exported);
  const named = (id: string) => {
    const properties = resources.get(id)?.Properties ?? {};
    const name = NAMES.find(key => properties[key] !== undefined);
    return name === undefined ? `<${id}>` : again(properties[name]);
  };
  const parsed = Intrinsic.parse(value);
  if (typeof parsed === 'string') return parsed;
  if ('Ref' in parsed) return named(parsed.Ref);
  if ('Fn::GetAtt' in parsed) return named(parsed['Fn::GetAtt'][0]);
  if ('Fn::ImportValue' in parsed) return again(exported.get(parsed['Fn::ImportValue']));
  return parsed['Fn::Join'][1].map(again).join(parsed['Fn::Join'][0]);
}
