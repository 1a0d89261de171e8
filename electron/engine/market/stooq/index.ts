export { createStooq } from './stooq.ts';
