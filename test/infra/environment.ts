import * as z from 'zod';
import type { SynthesizedStage } from './synthesized-stage.ts';

const Environment = z.object({ Variables: z.record(z.string(), z.unknown()) });

/** What a function finds in its environment, with addresses such as a deployed stage would give. */
export function environmentOf(stage: SynthesizedStage, name: string): Readonly<Record<string, string>> {
  const lambda = stage
    .all('AWS::Lambda::Function')
    .find(({ Properties }) => stage.print(Properties.FunctionName) === `dunlin-dev-${name}`);
  if (lambda === undefined) throw new Error(`The template has no function ${name}.`);
  const { Variables } = Environment.parse(lambda.Properties.Environment);
  return Object.fromEntries(
    Object.entries(Variables).map(([key, value]) => {
      const printed = stage.print(value);
      return [key, asDeployed(key, printed)];
    }),
  );
}

function asDeployed(key: string, printed: string): string {
  if (key.endsWith('_QUEUE_URL')) return `https://sqs.eu-north-1.amazonaws.com/000000000000/${printed}`;
  return key === 'PUBLIC_ADDRESS' ? 'https://api.example.com' : printed;
}
