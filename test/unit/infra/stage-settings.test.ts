import { describe, expect, test } from 'vitest';
import { parseStageSettings } from '#infra/config/stage-settings.ts';
import { stageSettings } from '#infra/config/stages.ts';

const NEEDED = {
  stage: 'dev',
  region: 'eu-north-1',
  alarmMail: 'alarms@example.com',
  mailFrom: 'Dunlin <billing@example.com>',
};

function certificateOf(region: string): string {
  return `arn:aws:acm:${region}:123456789012:certificate/1`;
}

describe('settings of a stage', () => {
  test('four are enough, the rest has defaults', () => {
    expect(parseStageSettings(NEEDED)).toEqual({
      ...NEEDED,
      billingHour: 0,
      flushesPerDay: 1,
      push: 'daily',
      stripeEndpoint: 'https://api.stripe.com',
      stripeCallsPerSecond: 25,
      mostRecordsPerPeriod: 1_000_000,
      retentionMonths: 24,
      intakeBatchWindowSeconds: 1,
      tags: {},
      customerManagedKey: false,
      versioning: false,
      openTracking: false,
    });
  });

  test.each([
    ['stage', 'Prod_1', 'lower-case letters'],
    ['region', 'Stockholm', 'code of an AWS region'],
    ['alarmMail', 'nobody', 'mail address'],
    ['mailFrom', 'billing@example.com', 'Dunlin Mobile <'],
    ['operatorEndpoint', 'http://network.example.com', 'https'],
    ['billingHour', 24, '0 to 23'],
    ['flushesPerDay', 5, '1, 2, 3, 4, 6, 8, 12, 24'],
    ['push', 'hourly', '"daily" or "gate"'],
    ['stripeEndpoint', 'http://stripe.example.com', 'https'],
    ['stripeEndpoint', 'stripe', 'URL'],
    ['retentionMonths', 1, 'at least 3'],
    ['intakeBatchWindowSeconds', 9, '0 to 5'],
    ['domain', { name: 'no name', certificateArn: 'arn:aws:acm:x' }, 'host name'],
    ['domain', { name: 'billing.example.com', certificateArn: certificateOf('eu-west-1') }, 'must be of eu-north-1'],
    ['account', '1234', '12 digits'],
    ['account', 123456789012, 'expected string'],
    ['warningMail', 'office', 'mail address'],
    ['runbookUrl', 'shared/docs/runbook.md', 'https address'],
    ['webhookInstances', 0, 'at least 1'],
    ['objectLockDays', 30, 'needs `versioning: true`'],
    ['backupDays', 35, 'needs `versioning: true`'],
    ['backupDays', 7, 'at least 35'],
    ['edge', { originName: 'o.example.com', certificateArn: certificateOf('us-east-1') }, 'needs `domain`'],
  ])('a wrong %s (%j) is refused by its name and rule', (setting, value, rule) => {
    const parse = () => parseStageSettings({ ...NEEDED, [setting]: value });

    expect(parse).toThrow(setting);
    expect(parse).toThrow(rule);
  });

  test('all that is wrong is told at once, unknown settings too', () => {
    const parse = () => parseStageSettings({ ...NEEDED, billingHour: -1, push: 'x', colour: 'red' });

    expect(parse).toThrow(/billingHour.*push.*colour/s);
  });

  test('a mistyped setting is told with those that there are, the likely one first', () => {
    const parse = () => parseStageSettings({ ...NEEDED, alarmsMail: 'x@example.com' });

    expect(parse).toThrow(/there is no setting alarmsMail \(there are: alarmMail, stage, region/);
  });

  test('CloudFront needs a certificate of us-east-1 and a name beside the one that subscribers see', () => {
    const name = 'billing.example.com';
    const edge = { originName: name, certificateArn: certificateOf('eu-north-1') };
    const domain = { name, certificateArn: certificateOf('eu-north-1') };

    const parse = () => parseStageSettings({ ...NEEDED, domain, edge });
    expect(parse).toThrow('edge.originName: must differ from domain.name');
    expect(parse).toThrow('edge.certificateArn: must be of us-east-1');
  });

  test('an endpoint on this machine may do without TLS', () => {
    expect(parseStageSettings({ ...NEEDED, stripeEndpoint: 'http://127.0.0.1:12111' })).toMatchObject({
      stripeEndpoint: 'http://127.0.0.1:12111',
    });
  });

  test('an unknown stage is told, with those that are known', () => {
    expect(stageSettings('dev')).toMatchObject({ stage: 'dev' });
    expect(() => stageSettings('prod')).toThrow(/"prod".*dev/);
    // `cdk synth --stage prod`: cdk drops what it does not know, and another stage must not be built instead.
    expect(() => stageSettings(undefined)).toThrow('Write -c stage=NAME (not --stage)');
  });
});
