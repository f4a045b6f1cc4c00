import { App, Tags, Validations } from 'aws-cdk-lib';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT } from 'aws-cdk-lib/cx-api';
import { bundleFunctions, type FunctionBundle } from './build/bundle.ts';
import {
  EDGE_REGION,
  parseStageSettings,
  type StageSettings,
  type StageSettingsInput,
} from './config/stage-settings.ts';
import { stageSettings } from './config/stages.ts';
import { AppStack } from './stacks/app-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';

export interface SynthesisOptions {
  readonly settings: StageSettingsInput;
  /** Where the cloud assembly goes. Default: a temporary folder. */
  readonly outDir?: string;
  /** Default: built now from `functions/`. */
  readonly bundles?: ReadonlyMap<string, FunctionBundle>;
  /**
   * Whether CloudFormation's own rules and cdk-nag judge the templates; a finding without a reason throws. They take
   * 1.8 s of 2.3: a local run, which shows nothing to anybody, goes without. Default: true.
   */
  readonly checked?: boolean;
}

export interface Synthesis {
  readonly settings: StageSettings;
  /** Folder of the cloud assembly. */
  readonly directory: string;
  /** Parsed, in order of deployment. */
  readonly templates: readonly { readonly stack: string; readonly template: unknown }[];
  readonly bundles: ReadonlyMap<string, FunctionBundle>;
}

/** Builds the functions and both templates of a stage. Needs no AWS account. */
export async function synthesize(options: SynthesisOptions): Promise<Synthesis> {
  const settings = parseStageSettings(options.settings);
  const bundles = options.bundles ?? (await bundleFunctions());
  const checked = options.checked ?? true;
  const app = newApp(checked, options.outDir);
  const stacks = addStacks(app, settings, bundles);
  if (checked) await addChecks(app);
  const assembly = app.synth();
  const templates = stacks.map(stack => ({
    stack: stack.stackName,
    template: assembly.getStackByName(stack.stackName).template as unknown,
  }));
  return { settings, directory: assembly.directory, templates, bundles };
}

function newApp(checked: boolean, outDir?: string): App {
  return new App({
    ...(outDir !== undefined && { outdir: outDir }),
    analyticsReporting: false,
    builtinCloudFormationValidation: checked,
    // Each function says in its metadata in which folder of the assembly its code lies: the local cloud runs it from there.
    postCliContext: {
      [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true,
      // The data stack refuses to remove what the app stack still uses.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
    },
  });
}

function addStacks(app: App, settings: StageSettings, bundles: ReadonlyMap<string, FunctionBundle>) {
  const prefix = `dunlin-${settings.stage}`;
  const { account, region, domain, edge } = settings;
  const owner = account === undefined ? {} : { account };
  const common = { settings, prefix, env: { ...owner, region } };
  const data = new DataStack(app, 'data', { ...common, stackName: `${prefix}-data` });
  const running = new AppStack(app, 'app', {
    ...common,
    stackName: `${prefix}-app`,
    data,
    bundleOf: name => directoryOf(bundles, name),
  });
  for (const [key, value] of Object.entries({ 'dunlin:stage': settings.stage, ...settings.tags })) {
    Tags.of(app).add(key, value);
  }
  if (domain === undefined || edge === undefined) return [data, running];
  const front = { env: { ...owner, region: EDGE_REGION }, stackName: `${prefix}-edge`, prefix, domain, edge };
  return [data, running, new EdgeStack(app, 'edge', front)];
}

/** Loaded only where it is used: the rules are 0.2 s of start. */
async function addChecks(app: App): Promise<void> {
  const { AwsSolutionsChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

function directoryOf(bundles: ReadonlyMap<string, FunctionBundle>, name: string): string {
  const bundle = bundles.get(name);
  if (bundle === undefined)
    throw new Error(`The app stack has a function ${name}, but functions/${name} is not there.`);
  return bundle.directory;
}

/** What `cdk` runs. A message of ours is told without the places in the code. */
async function main(): Promise<void> {
  const app = newApp(true);
  const settings = stageSettings(app.node.tryGetContext('stage'));
  addStacks(app, settings, await bundleFunctions());
  await addChecks(app);
  if (settings.account === undefined) {
    console.warn(`Stage ${settings.stage} names no account: it is deployed wherever the credentials point.`);
  }
  app.synth();
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
