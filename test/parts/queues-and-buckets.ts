import { readFileSync } from 'node:fs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import type { Part } from '#infra/local/parts/dynamodb.ts';

/** SQS and S3 in this process. */
export interface QueuesAndBuckets extends Part {
  readonly server: FauxqsServer;
}

/** `dataDir` keeps queues and objects over restarts. */
export async function startQueuesAndBuckets(options: { region: string; dataDir?: string }): Promise<QueuesAndBuckets> {
  const server = await startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: options.region,
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
  });
  return {
    name: 'sqs-s3',
    version: `fauxqs ${installedVersion()}`,
    address: `http://127.0.0.1:${server.port}`,
    server,
    stop: () => server.stop(),
  };
}

function installedVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('fauxqs')), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
