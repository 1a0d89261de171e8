export { kindOfSymbol } from './kinds.ts';
export { type StooqName, stooqSymbol, yahooSymbol } from './names.ts';
export { normaliseSymbol, sameSymbol } from './normalise.ts';
export { type SymbolSearch, searchSymbols } from './search.ts';
export { searchOf } from './search-of.ts';
