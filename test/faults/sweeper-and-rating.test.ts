import { survives } from './survives.ts';

survives(['sweeper', 'rating']);
