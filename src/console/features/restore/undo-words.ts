import type { Restore } from '#api/contract/restores.ts'

import { isOnePart, partsTitle } from './part-words.ts'
import { hasLogic, type Parts, partsOfScope, withRows } from './parts.ts'
import { listWords } from './scope-words.ts'

type Undone = Pick<Restore, 'scope' | 'intoNew' | 'newBranch' | 'workspaceName'>

const SAFETY = 'A safety backup is taken first, so this can be undone too.'

/** What an undo takes away or brings back, named. */
export function undoWords({ scope, intoNew, newBranch, workspaceName }: Undone): { effect: string; loss: string } {
  if (intoNew) {
    return {
      effect: `Workspace ${workspaceName} is deleted.`,
      loss: 'What was written in it since goes with it. A safety backup of it is taken first.',
    }
  }
  if (newBranch !== null) {
    return {
      effect: `Branch ${newBranch} of ${workspaceName} is deleted, with the tables it brought that nobody has used.`,
      loss: 'Changes made in it since go with it. A safety backup of it is taken first.',
    }
  }
  const parts = undoneParts(scope)
  if (parts === undefined) {
    return {
      effect: `All of ${workspaceName} goes back to how it was before this restore.`,
      loss: `Rows written there since then are lost. ${SAFETY}`,
    }
  }
  const back = isOnePart(parts) ? 'goes back to how it was' : 'go back to how they were'
  return {
    effect: `${partsTitle(parts)} in ${workspaceName} ${back} before this restore.`,
    loss: `${lostWords(parts)} since then are lost. ${SAFETY}`,
  }
}

/** What goes back as a whole, whichever rows of it the restore put back. */
export function undoneParts(scope: Restore['scope']): Parts | undefined {
  const parts = partsOfScope(scope)
  return parts && withRows(parts, 'replace')
}

function lostWords(parts: Parts): string {
  const { tables, files } = parts
  const lost = [
    ...(tables.length === 0 ? [] : [`rows written in ${tables.length === 1 ? 'this table' : 'these tables'}`]),
    ...(hasLogic(parts) ? ['edits of these definitions'] : []),
    ...(files.length === 0 ? [] : ['newer versions of these files']),
  ]
  const words = listWords(lost)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
