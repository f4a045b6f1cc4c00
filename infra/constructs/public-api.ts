import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { ApiMapping, DomainName, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Accountable, AlarmRegistry } from './alarm-registry.ts';

/** One line per request: which route, how it ended, how long it took. No address, no path with an account in it. */
const LOGGED = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  error: '$context.integrationErrorMessage',
};

export interface PublicApiProps extends Accountable {
  readonly prefix: string;
  readonly domain: StageSettings['domain'];
  readonly alarms: AlarmRegistry;
}

/** The HTTP API of a stage. Every route checks its key in its function. */
export class PublicApi extends Construct {
  readonly api: HttpApi;
  /** Base address, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: props.prefix, createDefaultStage: false });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/http-api/${props.prefix}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // A runaway client is refused here, before it costs function time. 500/s of full posts is 5 million records/s.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(LOGGED)),
      },
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Each function checks the API key itself by its hash: an authorizer adds a hop and caches a revoked key for minutes.',
    });
    this.address = props.domain === undefined ? this.api.apiEndpoint : this.ownName(props.domain, stage);
    props.alarms.watch(this, props, {
      sign: 'answers-5xx',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
    });
  }

  private ownName(domain: NonNullable<StageSettings['domain']>, stage: HttpStage): string {
    const domainName = new DomainName(this, 'Domain', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName, stage });
    return `https://${domain.name}`;
  }
}
