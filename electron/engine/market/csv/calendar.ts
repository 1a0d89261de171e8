const DAY = 86_400_000;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 00:00 UTC of a date of the Gregorian calendar in ms, NaN where there is no such date. Years 1600 to 9999. */
export function dateMs(year: number, month: number, day: number): number {
  if (year < 1600 || year > 9999 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]!)
    return Number.NaN;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return Number.NaN;
  const shifted = month <= 2 ? year - 1 : year;
  const yearOfEra = shifted % 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (Math.floor(shifted / 400) * 146_097 + dayOfEra - 719_468) * DAY;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Number of an English month name or its first three letters; 0 for any other word. */
export function monthNumber(word: string): number {
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

/** A year of two digits: 70 to 99 are of the last century. */
export function fullYear(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}
