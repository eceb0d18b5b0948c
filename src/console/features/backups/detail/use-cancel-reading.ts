import { useMutation } from '@tanstack/react-query'
import type { RefObject } from 'react'

import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { useToast } from '#console/ui/toast.tsx'

import type { Reading } from '../use-read-backup.ts'

const WORDS: Record<Reading, { done: string; failed: string }> = {
  verify: { done: 'The verification was cancelled', failed: 'The verification was not cancelled' },
  drill: { done: 'The rehearsal was cancelled', failed: 'The rehearsal was not cancelled' },
}

/**
 * Ends the verification or the drill of a backup; nothing is lost by it, so it does not ask. The focus then goes to the
 * button that starts another: the one that was pressed is gone.
 */
export function useCancelReading(reading: Reading, id: number, startRef: RefObject<HTMLButtonElement | null>) {
  const options = reading === 'verify' ? backups.cancelVerification() : backups.cancelDrill()
  const { mutate, isPending } = useMutation(options)
  const toast = useToast()
  const cancel = () =>
    mutate(id, {
      onSuccess: () => {
        startRef.current?.focus()
        toast.info(WORDS[reading].done)
      },
      onError: (error) => {
        const { title, cause, advice } = describeFailure(error, WORDS[reading].failed)
        toast.danger(title, { description: [cause, advice].filter(Boolean).join(' ') })
      },
    })
  return { cancel, isPending }
}
