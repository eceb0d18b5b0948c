import type { z } from 'zod'

import { refusalWords } from '../refused-value.ts'

/** Faults named in one sentence. */
const FAULTS_MAX = 10
/** A name from an archive can be anything. */
const NAME_MAX = 60

type Issue = z.core.$ZodIssue

/** What a schema refused in a definition, in words: `0.name: too long; it takes at most 60 characters. 1.type: …`. */
export function badValues({ issues }: Pick<z.ZodError, 'issues'>): string {
  const faults = [...new Set(issues.flatMap((issue) => faultsOf(issue)))]
  const more = faults.length - FAULTS_MAX
  const told = faults.slice(0, FAULTS_MAX).map((fault) => `${fault}.`)
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}

function faultsOf(issue: Issue, parents: readonly PropertyKey[] = []): string[] {
  const path = [...parents, ...issue.path]
  const nested = issue.code === 'invalid_union' ? closest(issue.errors) : []
  if (nested.length > 0) return nested.flatMap((inner) => faultsOf(inner, path))
  const where = path.map((key) => String(key).slice(0, NAME_MAX)).join('.')
  return [where === '' ? wordsOf(issue) : `${where}: ${wordsOf(issue)}`]
}

/** Of the forms that a value may have, what is wrong inside of the one that fits best; nothing where none fits at all. */
function closest(forms: readonly (readonly Issue[])[]): Issue[] {
  const inside = forms
    .map((issues) => issues.filter(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'))
    .filter((issues) => issues.length > 0)
  return inside.toSorted((a, b) => a.length - b.length)[0] ?? []
}

/** The words of the API, for somebody who reads and does not send; a rule that has words of its own keeps them. */
function wordsOf(issue: Issue): string {
  if (issue.code === 'custom') return issue.message
  if (issue.code === 'unrecognized_keys') {
    return `not known here: ${issue.keys
      .slice(0, FAULTS_MAX)
      .map((key) => JSON.stringify(key.slice(0, NAME_MAX)))
      .join(', ')}`
  }
  return refusalWords(inOwnWords(issue))
    .replace(/\. Send /, '; it takes ')
    .replace(/\. See .*$/, '')
}

/** The words for a value with several forms are made of those for each. */
function inOwnWords(issue: Issue): Parameters<typeof refusalWords>[0] {
  if (issue.code !== 'invalid_union') return issue as Parameters<typeof refusalWords>[0]
  const errors = issue.errors.map((issues) => issues.map((inner) => ({ ...inner, message: wordsOf(inner) })))
  return { ...issue, errors } as Parameters<typeof refusalWords>[0]
}
