import { survives } from './survives.ts';

survives(['stripe-webhook', 'stripe-events', 'missed-events', 'bill-render']);
