export { parseCsv, parseCsvSteps } from './parse.ts';
export { badCsv } from './problem.ts';
export { checkedText, csvRows } from './rows.ts';
