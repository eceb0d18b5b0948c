import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Pins a backup, or lets retention have it again. */
export function usePin() {
  const { mutate, isPending } = useMutation(backups.update())
  const toast = useToast()
  const toggle = useCallback(
    ({ id, pinned }: Pick<Backup, 'id' | 'pinned'>) =>
      mutate(
        { id, pinned: !pinned },
        {
          onSuccess: () => toast.success(pinned ? 'Unpinned' : 'Pinned: nothing deletes it by itself'),
          onError: (error) => toast.danger(describeFailure(error, 'The pin was not changed').cause),
        },
      ),
    [mutate, toast],
  )
  return { toggle, isPending }
}
