import { formatCount } from '#console/lib/format.ts'

import { namesInShort } from './dependant-words.ts'

/** What in Metadeck runs with a token: by name as far as the names are known, else how many things. */
export function UsedBy({ names, count }: { names: readonly string[]; count: number }) {
  if (count === 0 && names.length === 0) return <span className="text-muted">–</span>
  const words = names.length === count ? namesInShort(names) : formatCount(count, 'thing')
  return <span title={names.length === count ? names.join(', ') : words}>{words}</span>
}
