import type { Restore } from '#api/contract/restores.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'

import { UndoButton } from '../undo-button.tsx'
import { Refusal } from './refusal.tsx'

const WRAPS = 'h-auto! min-h-8 max-w-full shrink! py-1 wrap-anywhere whitespace-normal!'

/** The way to what is there now, and the way back; or why there is none. */
export function ResultActions({ restore }: { restore: Restore }) {
  const { workspaceId, workspaceName, scope, undoRefusal, undoneBy } = restore
  const canUndo = undoRefusal === null
  return (
    <>
      {(workspaceId !== null || canUndo) && (
        <div className="flex flex-wrap items-center gap-2">
          {workspaceId !== null && (
            <ButtonLink
              to={`/w/${workspaceId}${scope?.tables === undefined ? '' : '/tables'}`}
              variant="primary"
              className={WRAPS}
            >
              <span className="min-w-0 wrap-anywhere">Open {workspaceName}</span>
            </ButtonLink>
          )}
          {canUndo && <UndoButton restore={restore} />}
        </div>
      )}
      {!canUndo && undoneBy === null && <Refusal words={`It cannot be undone. ${undoRefusal}`} />}
    </>
  )
}
