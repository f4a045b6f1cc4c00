import { CfnOutput, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  type HttpRouteIntegration,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { Operation } from '#shared/platform/http/operation.ts';
import type { Accountable, AlarmRegistry } from './alarm-registry.ts';

/** One line per request: which route, how it ended, how long it took. No address, no path with an account in it. */
const LOGGED = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  error: '$context.integrationErrorMessage',
};

/** Far above what any route takes as a rule (p95 below a second), far below the time-out of API Gateway (30 s). */
const SLOW = Duration.seconds(5);

export interface PublicApiProps extends Accountable {
  readonly prefix: string;
  readonly domain: StageSettings['domain'];
  readonly edge: StageSettings['edge'];
  readonly alarms: AlarmRegistry;
}

/** The HTTP API of a stage. Every route checks its key in its function. */
export class PublicApi extends Construct {
  readonly api: HttpApi;
  private readonly stage: HttpStage;
  /** Base address, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.prefix,
      createDefaultStage: false,
      // Whoever found AWS's own name would walk around the firewall.
      disableExecuteApiEndpoint: props.edge !== undefined,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/http-api/${props.prefix}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // A runaway client is refused here, before it costs function time. Of each route by itself, but see `throttle`.
      throttle: { rateLimit: 100, burstLimit: 200 },
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
    this.address = props.domain === undefined ? this.api.apiEndpoint : `https://${props.domain.name}`;
    if (props.domain !== undefined) this.answerAt(props.edge?.originName ?? props.domain.name, props.domain);
    props.alarms.watch(this, props, {
      sign: 'answers-5xx',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
    });
    props.alarms.watch(this, props, {
      sign: 'slow',
      metric: this.api.metricLatency({ period: Duration.minutes(5), statistic: 'p95' }),
      threshold: SLOW.toMilliseconds(),
      periods: 3,
      canWait: true,
    });
  }

  /** Adds a route of a function, with more requests a second than other routes where it needs them. */
  addRoute(
    { path, method }: Pick<Operation, 'path' | 'method'>,
    integration: HttpRouteIntegration,
    perSecond?: number,
  ): void {
    const [route] = this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    if (perSecond === undefined || route === undefined) return;
    const settings = this.stage.node.defaultChild;
    if (!(settings instanceof CfnStage))
      throw new Error('CDK no longer builds a stage from one AWS::ApiGatewayV2::Stage.');
    settings.addPropertyOverride(`RouteSettings.${method} ${path}`, {
      ThrottlingRateLimit: perSecond,
      ThrottlingBurstLimit: 2 * perSecond,
    });
    // A stage may only speak of routes that are there.
    settings.node.addDependency(route);
  }

  private answerAt(name: string, { certificateArn }: NonNullable<StageSettings['domain']>): void {
    const domainName = new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName, stage: this.stage });
    new CfnOutput(this, 'DnsTarget', {
      value: domainName.regionalDomainName,
      description: `CNAME or alias of ${name}; hosted zone of the alias: ${domainName.regionalHostedZoneId}`,
    });
  }
}
