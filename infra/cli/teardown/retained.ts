import type { Deployment } from '../deployment.ts';

/** What `cdk destroy` leaves: everything that was billed from, and secrets that it never saw. With how to remove it. */
export function retainedOf({ stage, region, pages, ledger, bucket, ...parameters }: Omit<Deployment, 'clock'>): string {
  const prefix = `dunlin-${stage}`;
  const at = `--region ${region}`;
  const secrets = [
    parameters.stripeSecretParameter,
    parameters.webhookSecretsParameter,
    parameters.linkSecretParameter,
    parameters.operatorSecretParameter,
  ];
  return `What remains, and what removes it:
  the app stack: functions, API, schedules, alarms
    npx cdk destroy app -c stage=${stage}
  the data stack, protected against removal; its tables, bucket and queues outlive it
    aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${prefix}-data ${at}
    npx cdk destroy data -c stage=${stage}
  the tables, protected too: usage, accounts, bills and API keys (as hashes)
    aws dynamodb update-table --no-deletion-protection-enabled --table-name ${pages} ${at} && aws dynamodb delete-table --table-name ${pages} ${at}
    aws dynamodb update-table --no-deletion-protection-enabled --table-name ${ledger} ${at} && aws dynamodb delete-table --table-name ${ledger} ${at}
  the bucket: records, catalogs, manifests and bills. The law asks for bills for years
    aws s3 rb --force s3://${bucket} ${at}
  the queues and their dead-letter queues; they may hold usage that was accepted and not counted yet
    aws sqs list-queues --queue-name-prefix ${prefix}- ${at}
    aws sqs delete-queue --queue-url URL ${at}
  the secrets
    aws ssm delete-parameters --names ${secrets.join(' ')} ${at}
  log groups, if any are left
    aws logs describe-log-groups --log-group-name-pattern ${prefix} ${at}
    aws logs delete-log-group --log-group-name NAME ${at}
  at Stripe: customers, subscriptions, products, meters and prices. Active subscriptions go on and bill their fees:
    cancel them in Stripe's dashboard first`;
}
