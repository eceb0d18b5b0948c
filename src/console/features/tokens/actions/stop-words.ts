import { formatCount } from '#console/lib/format.ts'

import { namesInShort } from '../dependant-words.ts'

/**
 * What in Metadeck stops with tokens that are revoked. `count`: how many things that is, undefined where it is not known;
 * `names`: those of them that whoever looks may read.
 */
export function stopWords(names: readonly string[], count: number | undefined): string {
  if (count === undefined) return 'What runs with them could not be read.'
  if (count === 0) return 'Nothing in Metadeck runs with one.'
  const who =
    names.length === count ? namesInShort(names) : formatCount(count, 'thing in Metadeck', 'things in Metadeck')
  return `${who} ${count === 1 ? 'stops' : 'stop'} with them.`
}
