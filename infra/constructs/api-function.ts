import { HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { HouseFunction, type HouseFunctionProps } from './house-function.ts';

export interface ApiFunctionProps extends HouseFunctionProps {
  /** `POST /v1/usage`, `GET /v1/usage/batches/{batch}`. */
  readonly routes: readonly string[];
  /** Also answers wherever there is nothing: API Gateway's own 404 is not problem+json and has no request id. */
  readonly answersElsewhere?: boolean;
}

/** A function behind the HTTP API. Keys are checked inside it, so that a revoked one is refused within seconds. */
export class ApiFunction extends HouseFunction {
  constructor(scope: Construct, id: string, props: ApiFunctionProps) {
    super(scope, id, props);
    // One permission for the API instead of one per route: the function's policy is limited to 20 KB.
    const integration = new HttpLambdaIntegration(id, this.lambda, { scopePermissionToRoute: false });
    for (const route of props.routes) {
      const { method, path } = parseRoute(route);
      props.platform.api.addRoutes({ path, methods: [method], integration });
    }
    if (props.answersElsewhere) {
      const { api } = props.platform;
      new HttpRoute(api, 'Elsewhere', { httpApi: api, routeKey: HttpRouteKey.DEFAULT, integration });
    }
  }
}

function parseRoute(route: string): { method: HttpMethod; path: string } {
  const [method, path] = route.split(' ');
  if (path === undefined || !path.startsWith('/'))
    throw new Error(`"${route}" is not a route such as "GET /v1/usage".`);
  return { method: z.enum(HttpMethod).parse(method), path };
}
