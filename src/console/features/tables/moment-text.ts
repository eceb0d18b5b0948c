const two = (value: number): string => String(value).padStart(2, '0')

function dayText(at: Date): string {
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

function clockText(at: Date): string {
  const milliseconds = at.getMilliseconds()
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  return milliseconds === 0 ? clock : `${clock}.${String(milliseconds).padStart(3, '0')}`
}

/** Epoch milliseconds in the reader's own zone, in an order that also sorts: `2026-11-20 02:00:14`. */
export function momentText(epochMs: number): string {
  const at = new Date(epochMs)
  return Number.isNaN(at.getTime()) ? String(epochMs) : `${dayText(at)} ${clockText(at)}`
}

/** The same for an input of the type `datetime-local`. */
export function momentInput(epochMs: number): string {
  const at = new Date(epochMs)
  return Number.isNaN(at.getTime()) ? '' : `${dayText(at)}T${clockText(at)}`
}

/** What such an input holds, as epoch milliseconds; a day alone is its first moment. */
export function parseMoment(text: string): number | undefined {
  const match = /^(\d{4,6}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?$/.exec(text.trim())
  if (match === null) return undefined
  // Without a zone the text is local time; a day alone would be read as UTC.
  const epochMs = new Date(`${match[1]}T${match[2] ?? '00:00'}`).getTime()
  return Number.isNaN(epochMs) ? undefined : epochMs
}
