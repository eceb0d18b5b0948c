const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S

/** A length of time in one unit, rounded down and never nothing: `45 min`, `25 h`, `3 d`. */
export function ageWords(seconds: number): string {
  if (seconds < HOUR_S) return `${Math.max(1, Math.floor(seconds / MINUTE_S))} min`
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / HOUR_S)} h`
  return `${Math.floor(seconds / DAY_S)} d`
}

/** `4 h old, wanted 24 h`; only the age where nothing says what is wanted. In seconds. */
export function ageAgainst(age: number, wanted: number | null): string {
  return wanted === null ? `${ageWords(age)} old` : `${ageWords(age)} old, wanted ${ageWords(wanted)}`
}
