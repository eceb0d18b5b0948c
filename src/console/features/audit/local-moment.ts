const MINUTE_MS = 60_000

/** An ISO moment as the text of a `datetime-local` control, in the reader's time; empty stays empty. */
export function toLocal(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** The text of such a control as an ISO moment; empty where it is no whole time. */
export function fromLocal(text: string): string {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString()
}
