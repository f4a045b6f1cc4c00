import { survives } from './survives.ts';
import { USAGE_FUNCTIONS } from './usage-functions.ts';
import { USAGE_TO_BILL } from './usage-to-bill.ts';

survives(USAGE_FUNCTIONS, USAGE_TO_BILL, { nth: 0, of: 2 });
