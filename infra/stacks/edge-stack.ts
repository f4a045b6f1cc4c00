import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';

/**
 * AWS's lists of requests that nobody sends in earnest. What would stop usage is only counted: the lists refuse bodies
 * above 8 KB, and a post of usage has up to 4 MB.
 */
const MANAGED_RULES: readonly { readonly name: string; readonly counted?: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY'] },
];

export interface EdgeStackProps extends StackProps {
  readonly prefix: string;
  readonly domain: NonNullable<StageSettings['domain']>;
  readonly edge: NonNullable<StageSettings['edge']>;
}

/**
 * CloudFront and a web application firewall in front of API and pages. In us-east-1, as both demand. It knows the API
 * by its name alone, so that it can be deployed and removed by itself.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { prefix, domain, edge, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const firewall = new CfnWebACL(this, 'Firewall', {
      name: prefix,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seenAs(prefix),
      rules: [
        ...MANAGED_RULES.map(({ name, counted = [] }, index) => ({
          name,
          priority: index,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
            },
          },
          visibilityConfig: seenAs(name),
        })),
        {
          name: 'requests-per-address',
          priority: MANAGED_RULES.length,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              limit: edge.requestsPerAddress,
              evaluationWindowSec: Duration.minutes(5).toSeconds(),
              aggregateKeyType: 'IP',
            },
          },
          visibilityConfig: seenAs('requests-per-address'),
        },
      ],
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: prefix,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', edge.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: firewall.attrArn,
      defaultBehavior: {
        origin: new HttpOrigin(edge.originName, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        // Nothing here is the same for two readers.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    });
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR1',
      reason: 'Subscribers open their bills from wherever they roam, so that no country is shut out.',
    });
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR3',
      reason: 'The API logs each request without addresses; a second log would hold those of subscribers.',
    });
    new CfnOutput(this, 'DnsTarget', {
      value: distribution.distributionDomainName,
      description: `CNAME or alias of ${domain.name}`,
    });
  }
}

function seenAs(metricName: string) {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
