#!/usr/bin/env node
import { Command } from 'commander';
import { registerIncidents } from './cases.ts';
import { registerCatalogCheck } from './catalog-check.ts';
import { registerCatalogPublish } from './catalog-publish-command.ts';
import { registerKey } from './key.ts';
import { registerSetup } from './setup/setup-command.ts';
import { registerSource } from './source-try.ts';
import { registerTeardown } from './teardown/teardown-command.ts';
import { registerVerify } from './verify.ts';

const dunlin = new Command('dunlin').description('Mobile billing on Stripe: what an operator does by hand.');
const catalog = dunlin.command('catalog').description('plans, prices and tables');
registerSetup(dunlin);
registerCatalogCheck(catalog);
registerCatalogPublish(catalog);
registerSource(dunlin);
registerKey(dunlin);
registerIncidents(dunlin);
registerVerify(dunlin);
registerTeardown(dunlin);

try {
  await dunlin.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
