import { useMutation } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { undoRestore, type Restore } from '#api/contract/restores.ts'
import { deleteWorkspace } from '#api/contract/workspaces.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { restores } from '#console/data/restores.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

import { UndoQuestion } from './undo-question.tsx'
import { overwrites } from './undo-since.ts'

export interface UndoButtonProps {
  restore: Restore
  size?: 'md' | 'sm' | undefined
}

/** Takes a restore back, after one question that says what that undoes; the name of a workspace that it overwrites is typed. */
export function UndoButton({ restore, size = 'md' }: UndoButtonProps) {
  const [isOpen, setIsOpen] = useState(false)
  const undo = useMutation(restores.undo())
  const navigate = useNavigate()
  const isSmall = size === 'sm'
  const may = useMay()
  const where = restore.workspaceId ?? undefined
  // What made a workspace is taken back by deleting it.
  if (!may(undoRestore, where) || (restore.intoNew && !may(deleteWorkspace, where))) return null

  return (
    <>
      <Button
        size={size}
        onClick={() => setIsOpen(true)}
        aria-label={isSmall ? `Undo restore ${restore.id}` : undefined}
      >
        <Undo2 aria-hidden />
        {isSmall ? 'Undo' : 'Undo this restore'}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={(open) => {
          setIsOpen(open)
          if (!open) undo.reset()
        }}
        title={`Undo restore ${restore.id}`}
        confirmLabel="Undo this restore"
        typedName={overwrites(restore) ? restore.workspaceName : undefined}
        pending={undo.isPending}
        error={formFailure(undo.error, 'The undo was not started')}
        onConfirm={() =>
          undo.mutate(restore.id, {
            onSuccess: ({ id }) => {
              setIsOpen(false)
              void navigate(`/restores/${id}`)
            },
          })
        }
      >
        <UndoQuestion restore={restore} />
      </ConfirmDialog>
    </>
  )
}
