import { HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { operationsOf } from '#shared/api/api.ts';
import type { Operation } from '#shared/platform/http/operation.ts';
import { HouseFunction, type HouseFunctionProps } from './house-function.ts';

type Place = Pick<Operation, 'path' | 'method'>;

export interface ApiFunctionProps extends HouseFunctionProps {
  /** Also answers wherever there is nothing: API Gateway's own 404 is not problem+json and has no request id. */
  readonly answersElsewhere?: boolean;
  /** Requests that each of its routes takes in a second, on average; twice as many at once. Default: the API's. */
  readonly perSecond?: number;
}

/** A function behind the HTTP API, at the addresses of the operations that it serves (`shared/api`). Keys are checked inside it, so that a revoked one is refused within seconds. */
export class ApiFunction extends HouseFunction {
  constructor(scope: Construct, id: string, props: ApiFunctionProps) {
    super(scope, id, props);
    // One permission for the API instead of one per route: the function's policy is limited to 20 KB.
    const integration = new HttpLambdaIntegration(id, this.lambda, { scopePermissionToRoute: false });
    const { api } = props.platform.api;
    for (const place of withHeads(operationsOf(id))) props.platform.api.addRoute(place, integration, props.perSecond);
    if (props.answersElsewhere) {
      new HttpRoute(api, 'Elsewhere', { httpApi: api, routeKey: HttpRouteKey.DEFAULT, integration });
    }
  }
}

/** What can be read can be asked for without its body, as `httpFunction` serves it. */
function withHeads(operations: readonly Place[]): readonly Place[] {
  const heads = operations.flatMap(({ path, method }) => (method === 'GET' ? [{ path, method: 'HEAD' as const }] : []));
  const declared = new Set(operations.filter(({ method }) => method === 'HEAD').map(({ path }) => path));
  return [...operations, ...heads.filter(({ path }) => !declared.has(path))];
}
