/** Longer ones break into lines. */
const SHORT_MAX = 40

/** A value as text; null and the empty text are told apart from words that say the same. */
export function SampleValue({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined) return <span className="text-muted italic">null</span>
  if (value === '') return <span className="text-muted italic">empty</span>
  if (value.length <= SHORT_MAX) return value
  return <span className="block min-w-40 wrap-anywhere whitespace-pre-wrap">{value}</span>
}
