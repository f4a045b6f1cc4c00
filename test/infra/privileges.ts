import * as z from 'zod';
import type { SynthesizedStage } from './synthesized-stage.ts';

const OneOrMany = z.unknown().transform(value => (Array.isArray(value) ? [...value] : [value]));

const Role = z.object({
  Policies: z
    .array(
      z.object({
        PolicyDocument: z.object({
          Statement: z.array(
            z.object({
              Effect: z.literal('Allow'),
              Action: OneOrMany.pipe(z.array(z.string())),
              Resource: OneOrMany.pipe(z.array(z.unknown())),
              Condition: z
                .strictObject({
                  'ForAllValues:StringLike': z
                    .strictObject({ 'dynamodb:LeadingKeys': OneOrMany.pipe(z.array(z.string())) })
                    .optional(),
                  StringLike: z.strictObject({ 's3:prefix': z.string() }).optional(),
                })
                .optional(),
            }),
          ),
        }),
      }),
    )
    .default([]),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
});

/** One action on one resource. */
export interface Privilege {
  /** `usage-api`; `schedule` for the role under which functions are called by the clock. */
  readonly holder: string;
  readonly action: string;
  /** `dunlin-dev-pages`, `arn:...:s3:::dunlin-dev-usage-.../raw/*`. */
  readonly resource: string;
  /** Of a table: the only partition keys, or all. */
  readonly partitions: readonly string[] | 'all';
  /** Of a bucket's list: the only folder. */
  readonly prefix: string | undefined;
}

/** Everything that any role of the stage may do. Policies that stand outside of a role throw: there are none. */
export function privilegesOf(stage: SynthesizedStage): readonly Privilege[] {
  if (stage.all('AWS::IAM::Policy').length > 0 || stage.all('AWS::IAM::ManagedPolicy').length > 0) {
    throw new Error('A policy outside of a role: privilegesOf does not look there.');
  }
  return stage.all('AWS::IAM::Role').flatMap(role => {
    const { Policies, ManagedPolicyArns } = Role.parse(role.Properties);
    if (ManagedPolicyArns.length > 0) throw new Error(`${role.id} has a managed policy, which nobody here has read.`);
    const holder = holderOf(stage, role.id);
    return Policies.flatMap(policy => policy.PolicyDocument.Statement).flatMap(statement =>
      statement.Action.flatMap(action =>
        statement.Resource.map(resource => ({
          holder,
          action,
          resource: stage.print(resource),
          partitions: statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? 'all',
          prefix: statement.Condition?.StringLike?.['s3:prefix'],
        })),
      ),
    );
  });
}

function holderOf(stage: SynthesizedStage, roleId: string): string {
  const lambda = stage
    .all('AWS::Lambda::Function')
    .find(({ Properties }) => stage.print(Properties.Role) === `<${roleId}>`);
  return lambda === undefined ? 'schedule' : stage.print(lambda.Properties.FunctionName).replace('dunlin-dev-', '');
}
