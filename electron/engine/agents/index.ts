export { judgeNumerically, type NumericInput, type NumericOpinion } from './numeric-judge.ts';
