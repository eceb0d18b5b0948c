/**
 * Calls that the guard did not let in are counted apart: they say nothing of what the token needs. They are shown with the
 * other faults of the caller.
 */
const REFUSED = 'refused'
const CLIENT_FAULTS = '4xx'

/** How a call is counted: `2xx`, `4xx`, …, or `refused`. */
export function statusClassOf(status: number): string {
  return status === 401 || status === 403 ? REFUSED : `${Math.floor(status / 100)}xx`
}

/** How a count is shown: `2xx`, `4xx`, … */
export function shownClass(statusClass: string): string {
  return statusClass === REFUSED ? CLIENT_FAULTS : statusClass
}

/** True where the calls were let in, whatever came of them. */
export function wasLetIn(statusClass: string): boolean {
  return statusClass !== REFUSED
}
