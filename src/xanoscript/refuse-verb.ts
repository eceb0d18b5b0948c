import { aKind } from './a-kind.ts'
import { refuse } from './read-property.ts'
import type { SourceConstruct } from './source-construct.ts'

/** Refuses `verb=GET` after the name of what is no query. */
export function refuseVerb({ kind, verb }: SourceConstruct): void {
  if (verb !== null) refuse(`${aKind(kind)} has no verb`, verb)
}
