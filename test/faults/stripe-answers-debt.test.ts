import { DEBT_TO_THANKS } from './debt-to-thanks.ts';
import { survivesAnswers } from './survives-answers.ts';

survivesAnswers('From a refused charge to the thanks', ['dunning', 'stripe-events', 'bill-render'], DEBT_TO_THANKS);
