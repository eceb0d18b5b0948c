import type { RestorePreview } from '#api/contract/restores.ts'

import { blockedChoices } from './blocked-parts.ts'
import { needsColumnChoice } from './lacking-columns.ts'
import type { Parts } from './parts.ts'
import type { Target } from './target.ts'

export interface Choice {
  target: Target | undefined
  parts: Parts | undefined
  /** Of the whole archive; undefined while it is read. */
  preview: { data: RestorePreview | undefined }
}

/** True where the server would refuse what is chosen: values without a column, names that are taken. */
export function isUnanswered({ target, parts, preview: { data } }: Choice): boolean {
  if (parts === undefined || data === undefined || target?.kind !== 'existing') return false
  return needsColumnChoice(parts, data) || blockedChoices(parts, data.choices).length > 0
}
