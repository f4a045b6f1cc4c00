import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics, publishMetrics } from '#shared/platform/log.ts';
import { type StayingIncidents, stayingIncidents } from '#shared/platform/staying-incidents.ts';
import { Table } from '#shared/platform/table.ts';

const Env = z.object({ LEDGER_TABLE: z.string().min(1) });

export interface CaseWatchServices {
  readonly staying: () => Promise<StayingIncidents>;
  readonly measure: (open: number) => void;
}

export function buildServices(): CaseWatchServices {
  const { LEDGER_TABLE } = parseEnv(Env);
  const table = new Table(new DynamoDBClient(), LEDGER_TABLE);
  return {
    staying: () => stayingIncidents(table, systemClock()),
    measure: open => {
      if (open > 0) metrics.addMetric('CasesStayOpen', 'Count', open);
      publishMetrics();
    },
  };
}
