/** A share of 0 to 1 in words: `percent(0.126)` is "13 %", with one decimal "12.6 %". */
export const percent = (share: number, decimals = 0): string => `${(100 * share).toFixed(decimals)} %`;
