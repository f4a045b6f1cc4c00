import { beforeAll, describe, expect, test } from 'vitest';
import { type Privilege, privilegesOf } from './privileges.ts';
import { synthesizedStage } from './synthesized-stage.ts';

const PAGES = 'dunlin-dev-pages';
const LEDGER = 'dunlin-dev-ledger';
const PARAMETERS = 'arn:<AWS::Partition>:ssm:eu-north-1:<AWS::AccountId>:parameter/dunlin/dev';
const objects = (folder: string) =>
  `arn:<AWS::Partition>:s3:::dunlin-dev-usage-<AWS::AccountId>-eu-north-1/${folder}/*`;

let privileges: readonly Privilege[];

beforeAll(async () => {
  privileges = privilegesOf(await synthesizedStage());
});

function holdersOf(resource: string, ...actions: readonly string[]): readonly string[] {
  const held = privileges.filter(held => held.resource === resource && actions.includes(held.action));
  return [...new Set(held.map(({ holder }) => holder))].sort();
}

describe('what functions may do', () => {
  test('no action is a pattern', () => {
    expect(privileges.filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  test('resources are patterns only as one folder of the bucket', () => {
    const patterns = privileges.filter(({ resource }) => resource.includes('*'));

    expect(patterns.filter(({ resource }) => !/:s3:::dunlin-dev-usage-[^*]+\/[a-z]+\/\*$/.test(resource))).toEqual([]);
  });

  test('only intake and the reader of files write usage pages, and nobody deletes or replaces one', () => {
    expect(holdersOf(PAGES, 'dynamodb:UpdateItem')).toEqual(['usage-files', 'usage-intake']);
    expect(holdersOf(PAGES, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem')).toEqual([]);
  });

  test('the sweeper sees neither usage nor objects', () => {
    const seen = privileges.filter(({ holder }) => holder === 'sweeper').map(({ resource }) => resource);

    expect(seen.filter(resource => resource === PAGES || resource.includes(':s3:::'))).toEqual([]);
  });

  test('nobody reads a table from end to end', () => {
    expect(privileges.filter(({ action }) => action === 'dynamodb:Scan')).toEqual([]);
  });

  test('only the sweeper and those who look for accounts use the wake index', () => {
    expect(holdersOf(`${LEDGER}/index/wake`, 'dynamodb:Query')).toEqual(['sweeper']);
  });

  test.each([
    [
      'stripe/secret-key',
      ['account-api', 'bill-render', 'dunning', 'missed-events', 'pages', 'rating', 'stripe-events'],
    ],
    ['stripe/webhook-secrets', ['stripe-webhook']],
    ['links/secret', ['notices', 'pages']],
    ['operator/secret', ['notices']],
  ])('only those who use the secret %s read it', (secret, holders) => {
    expect(holdersOf(`${PARAMETERS}/${secret}`, 'ssm:GetParameter')).toEqual(holders);
  });

  test('there are no other secrets, and nobody writes one', () => {
    const held = privileges.filter(({ action }) => action.startsWith('ssm:'));

    expect(new Set(held.map(({ action }) => action))).toEqual(new Set(['ssm:GetParameter']));
    expect(new Set(held.map(({ resource }) => resource.slice(PARAMETERS.length + 1)))).toEqual(
      new Set(['stripe/secret-key', 'stripe/webhook-secrets', 'links/secret', 'operator/secret']),
    );
  });

  test('who may be reached by any browser writes only what an account’s messages and codes are', () => {
    const writes = privileges.filter(
      ({ holder, action }) => holder === 'pages' && /:(Put|Update|Delete)(Item|Object)|:Send/.test(action),
    );

    expect(writes.map(({ action, resource, partitions }) => `${action} ${resource} ${partitions}`).sort()).toEqual([
      `dynamodb:PutItem ${LEDGER} account#*`,
      `dynamodb:UpdateItem ${LEDGER} account#*`,
      'sqs:SendMessage dunlin-dev-notices all',
    ]);
  });

  test('only notices send mails', () => {
    const senders = privileges.filter(({ action }) => action.startsWith('ses:'));

    expect(new Set(senders.map(({ holder, action }) => `${holder} ${action}`))).toEqual(
      new Set(['notices ses:SendRawEmail']),
    );
  });

  test('of the bucket’s list only sent usage is seen, by the one who looks for what was not counted, and pieces of files', () => {
    const lists = privileges.filter(({ action }) => action === 's3:ListBucket');

    expect(lists.map(({ holder, prefix }) => `${holder} ${prefix}`)).toEqual([
      'usage-audit raw/*',
      'usage-audit uploads/*',
      'usage-audit drops/*',
      'usage-files files/*',
    ]);
  });

  test('the webhook knows what events are signed with and one queue, and nothing else', () => {
    const held = privileges.filter(({ holder, action }) => holder === 'stripe-webhook' && !action.startsWith('logs:'));

    expect(held.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual([
      'sqs:SendMessage dunlin-dev-stripe-events',
      `ssm:GetParameter ${PARAMETERS}/stripe/webhook-secrets`,
    ]);
  });

  test('events change what waits in the ledger, and add cases, whose customer it is, and bills to be made', () => {
    const writes = privileges.filter(
      ({ holder, action }) => holder === 'stripe-events' && /(Put|Update|Delete)Item$/.test(action),
    );

    expect(writes.map(({ action, partitions }) => `${action} ${partitions}`).sort()).toEqual([
      'dynamodb:PutItem case,stripe#*,account#*',
      'dynamodb:UpdateItem all',
    ]);
  });

  test('posted usage is written by the API and read by intake only', () => {
    expect(holdersOf(objects('raw'), 's3:PutObject')).toEqual(['usage-api']);
    expect(holdersOf(objects('raw'), 's3:GetObject')).toEqual(['usage-intake']);
  });

  test('who takes in usage writes batches and pointers into the ledger, and no account, key or position', () => {
    const writes = privileges.filter(
      ({ holder, action, resource }) =>
        holder.startsWith('usage-') && resource === LEDGER && /(Put|Update|Delete)Item$/.test(action),
    );

    expect(writes.map(({ holder, action, partitions }) => `${holder} ${action} ${partitions}`).sort()).toEqual([
      'usage-api dynamodb:DeleteItem quarantine#*',
      'usage-api dynamodb:PutItem answer#*',
      'usage-api dynamodb:PutItem batch#*',
      'usage-api dynamodb:PutItem dismissed',
      'usage-api dynamodb:PutItem file#*,files,files#*',
      'usage-api dynamodb:UpdateItem answer#*',
      'usage-files dynamodb:PutItem file#*,files,files#*,case,quarantine#*',
      'usage-files dynamodb:PutItem source#*,source-code#*,sources',
      'usage-files dynamodb:UpdateItem file#*,batch#*,source-watermark#*,source-day#*',
      'usage-intake dynamodb:PutItem quarantine#*',
      'usage-intake dynamodb:UpdateItem batch#*',
      'usage-intake dynamodb:UpdateItem source-watermark#*,source-day#*',
    ]);
  });

  test('nothing but a pointer of quarantine and a word of the directory is ever deleted from a table', () => {
    const deletes = privileges.filter(({ action }) => action === 'dynamodb:DeleteItem');

    expect(deletes.map(({ resource, partitions }) => `${resource} ${partitions}`)).toEqual([
      `${LEDGER} quarantine#*`,
      `${LEDGER} account-word#*`,
    ]);
  });

  test('the manifest of a period is written once by rating, for others to read', () => {
    expect(holdersOf(objects('manifests'), 's3:PutObject')).toEqual(['rating']);
    expect(holdersOf(objects('manifests'), 's3:GetObject')).toEqual(['account-api', 'bill-render']);
  });

  test('the archive is written by intake and the reader of files only, and no object is ever deleted', () => {
    expect(holdersOf(objects('archive'), 's3:PutObject')).toEqual(['usage-files', 'usage-intake']);
    expect(privileges.filter(({ action }) => action.startsWith('s3:Delete'))).toEqual([]);
  });

  test('catalogs are published by operators, never by a function', () => {
    expect(holdersOf(objects('catalog'), 's3:PutObject')).toEqual([]);
  });

  test('each function writes into its own log group only', () => {
    const logs = privileges.filter(({ action }) => action.startsWith('logs:'));

    expect(logs.filter(({ holder, resource }) => resource !== `/aws/lambda/dunlin-dev-${holder}`)).toEqual([]);
  });

  test('messages are taken only by the function that works on them', () => {
    expect(holdersOf('dunlin-dev-usage', 'sqs:ReceiveMessage')).toEqual(['usage-intake']);
    expect(holdersOf('dunlin-dev-files', 'sqs:ReceiveMessage')).toEqual(['usage-files']);
    expect(holdersOf('dunlin-dev-rating', 'sqs:ReceiveMessage')).toEqual(['rating']);
    expect(holdersOf('dunlin-dev-stripe-events', 'sqs:ReceiveMessage')).toEqual(['stripe-events']);
    expect(holdersOf('dunlin-dev-notices', 'sqs:ReceiveMessage')).toEqual(['notices']);
    expect(holdersOf('dunlin-dev-mail-feedback', 'sqs:ReceiveMessage')).toEqual(['mail-feedback']);
    expect(holdersOf('dunlin-dev-dunning', 'sqs:ReceiveMessage')).toEqual(['dunning']);
  });

  test('each schedule may call its function and nothing else', () => {
    const calls = privileges.filter(({ holder }) => holder === 'schedule');

    expect(calls.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual([
      'lambda:InvokeFunction dunlin-dev-case-watch',
      'lambda:InvokeFunction dunlin-dev-missed-events',
      'lambda:InvokeFunction dunlin-dev-sweeper',
      'lambda:InvokeFunction dunlin-dev-usage-audit',
    ]);
  });
});
