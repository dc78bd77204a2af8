/** The date now, in UTC, as ignores are held against: `YYYY-MM-DD`. */
export function today(): string {
  // `toISOString` is dear where it is called once: a hundredth of what a whole render takes.
  const now = new Date();
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${now.getUTCFullYear()}-${twoDigits(now.getUTCMonth() + 1)}-${twoDigits(now.getUTCDate())}`;
}
