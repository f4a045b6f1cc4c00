import { synthesize } from '#infra/app.ts';
import { stageSettings } from '#infra/config/stages.ts';
import { OPERATOR_ORIGIN, STRIPE_ORIGIN } from '../template/deployment.ts';

// A program of its own, so that the rest of the local cloud starts while the templates are made:
// node synthesize-once.ts <out dir>
const [outDir = ''] = process.argv.slice(2);
const settings = { ...stageSettings('dev'), stripeEndpoint: STRIPE_ORIGIN, operatorEndpoint: OPERATOR_ORIGIN };
await synthesize({ settings, outDir, checked: false });
