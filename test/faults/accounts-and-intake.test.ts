import { survives } from './survives.ts';

survives(['account-api', 'usage-api', 'usage-intake']);
