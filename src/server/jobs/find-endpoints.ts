import type { ReadConstruct } from '../archive/read-constructs.ts'
import { tryRead } from '../resources/constructs/document.ts'

/**
 * How many published endpoints answer a bare GET: queries of that verb whose address has no parameter and that require
 * no input. One whose text cannot be read is not counted: nobody knows what it requires.
 */
export function countCallable(constructs: readonly Pick<ReadConstruct, 'kind' | 'verb' | 'name' | 'text'>[]): number {
  return constructs.filter(isCallable).length
}

function isCallable({ kind, verb, name, text }: Pick<ReadConstruct, 'kind' | 'verb' | 'name' | 'text'>): boolean {
  if (kind !== 'query' || verb !== 'GET' || name.includes('{')) return false
  const read = tryRead(text)
  return 'header' in read && read.header.input.every(({ optional }) => optional)
}
