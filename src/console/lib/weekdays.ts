/** A day of the week; `value` counts as cron does: 0 = Sunday. */
export interface Weekday {
  value: number
  /** Two letters, for a column or a chip. */
  label: string
  name: string
}

/** Weeks are read from Monday. */
export const WEEKDAYS: readonly Weekday[] = [
  { value: 1, label: 'Mo', name: 'Monday' },
  { value: 2, label: 'Tu', name: 'Tuesday' },
  { value: 3, label: 'We', name: 'Wednesday' },
  { value: 4, label: 'Th', name: 'Thursday' },
  { value: 5, label: 'Fr', name: 'Friday' },
  { value: 6, label: 'Sa', name: 'Saturday' },
  { value: 0, label: 'Su', name: 'Sunday' },
]

/** Days of the shortest month and of the longest: a later day than the first is not in every month. */
export const SHORTEST_MONTH = 28
export const LONGEST_MONTH = 31
