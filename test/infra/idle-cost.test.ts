import { beforeAll, expect, test } from 'vitest';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

/** AWS list prices, USD, eu-north-1, without any free tier. */
const PRICE = {
  alarm: 0.1,
  dashboard: 3,
  millionSqsRequests: 0.4,
  millionLambdaRequests: 0.2,
  lambdaGbSecond: 0.0000133334,
  millionScheduled: 1,
  millionReadUnits: 0.13,
  millionWriteUnits: 0.64,
};
const MINUTES_A_MONTH = 30 * 24 * 60;

let stage: SynthesizedStage;

beforeAll(async () => {
  stage = await synthesizedStage();
});

/**
 * What a stage costs in a month in which nobody posts anything. Standing: alarms and the dashboard. Running: Lambda's
 * pollers ask each queue (5 pollers, one request of 20 s each), and the sweeper runs each minute: 0.1 s at 256 MB, 32
 * index queries of half a read unit, the watermark read (1) and written (1).
 */
function idleCost(): number {
  const alarms = stage.all('AWS::CloudWatch::Alarm').length * PRICE.alarm;
  const dashboards = stage.all('AWS::CloudWatch::Dashboard').length * PRICE.dashboard;
  const polls = stage.all('AWS::Lambda::EventSourceMapping').length * 5 * 3 * MINUTES_A_MONTH;
  const isSweeper = ({ Properties }: { Properties: Record<string, unknown> }) =>
    Properties.ScheduleExpression === 'rate(1 minute)';
  // The others run a few times a day, which costs next to nothing.
  const runs = stage.all('AWS::Scheduler::Schedule').filter(isSweeper).length * MINUTES_A_MONTH;
  const running =
    polls * PRICE.millionSqsRequests +
    runs * (PRICE.millionLambdaRequests + PRICE.millionScheduled) +
    runs * (32 * 0.5 + 1) * PRICE.millionReadUnits +
    runs * 1 * PRICE.millionWriteUnits;
  return alarms + dashboards + running / 1e6 + runs * 0.1 * 0.25 * PRICE.lambdaGbSecond;
}

test('an idle stage costs at most $15 a month', () => {
  console.log(`idle: $${idleCost().toFixed(2)} a month`);

  expect(idleCost()).toBeLessThanOrEqual(15);
});

test('nothing is rented by the hour', () => {
  const free = [
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::DynamoDB::Table',
    'AWS::IAM::Role',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SES::ConfigurationSet',
    'AWS::SES::ConfigurationSetEventDestination',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::SSM::Parameter',
    'AWS::Scheduler::Schedule',
  ];
  const counted = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard'];

  expect(stage.types().filter(type => !free.includes(type) && !counted.includes(type))).toEqual([]);
  for (const { Properties } of stage.all('AWS::DynamoDB::Table'))
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
  for (const { Properties } of stage.all('AWS::Lambda::Function')) {
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  }
});
