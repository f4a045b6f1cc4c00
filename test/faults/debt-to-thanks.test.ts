import { DEBT_TO_THANKS } from './debt-to-thanks.ts';
import { survives } from './survives.ts';

survives(['dunning', 'notices', 'mail-feedback'], DEBT_TO_THANKS);
