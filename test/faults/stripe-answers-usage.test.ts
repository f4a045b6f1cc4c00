import { survivesAnswers } from './survives-answers.ts';
import { USAGE_FUNCTIONS } from './usage-functions.ts';
import { USAGE_TO_BILL } from './usage-to-bill.ts';

survivesAnswers('From usage to the bill', USAGE_FUNCTIONS, USAGE_TO_BILL);
