/** Why an invitation may be dead, and who makes another. */
export const DEAD_WORDS =
  'It was used, taken back, replaced by a newer link, or is older than seven days. Whoever invited you can send a new one. If you accepted it yourself, sign in.'
