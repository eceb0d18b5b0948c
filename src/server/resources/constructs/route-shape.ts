/** `{id}` stands for whatever is in its place; other text in braces is text. */
const PARAMETER = /\{\w+\}/

/**
 * True where one address can mean both endpoints: as many parts, and no part that tells them apart. Routing does not
 * prefer one over the other. Capitals do not count, as in names.
 */
export function canBeSameRoute(a: string, b: string): boolean {
  const parts = a.toLowerCase().split('/')
  const others = b.toLowerCase().split('/')
  return parts.length === others.length && parts.every((part, at) => canBeSamePart(part, others[at] ?? ''))
}

/** Parts may have text around a parameter: `report-{year}`. */
function canBeSamePart(a: string, b: string): boolean {
  const textsOfA = a.split(PARAMETER)
  const textsOfB = b.split(PARAMETER)
  if (textsOfB.length === 1) return textsOfA.length === 1 ? a === b : fits(textsOfA, b)
  if (textsOfA.length === 1) return fits(textsOfB, a)
  // What stands between two parameters can always be made to fit.
  const [startA = '', startB = ''] = [textsOfA[0], textsOfB[0]]
  const [endA = '', endB = ''] = [textsOfA.at(-1), textsOfB.at(-1)]
  const startsFit = startA.startsWith(startB) || startB.startsWith(startA)
  return startsFit && (endA.endsWith(endB) || endB.endsWith(endA))
}

/** Whether a text is these texts with at least one sign in each gap. */
function fits(texts: readonly string[], text: string): boolean {
  const [start = '', ...rest] = texts
  const end = rest.pop() ?? ''
  if (!text.startsWith(start)) return false
  let at = start.length
  for (const between of rest) {
    const found = text.indexOf(between, at + 1)
    if (found === -1) return false
    at = found + between.length
  }
  return text.length > at + end.length && text.endsWith(end)
}

/** Why a name cannot be an address below a group's; null where it can. */
export function faultOfRoute(name: string): string | null {
  if (/[?#]/.test(name)) return 'An address ends at "?" and "#". Leave them out'
  if (name.split('/').some((part) => part.trim() === '')) {
    return 'Every part of an address between "/" has a sign, so none is empty'
  }
  return null
}
