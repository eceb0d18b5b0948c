import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { useToast } from '#console/ui/toast.tsx'

import { needsPassword } from './backup-words.ts'
import { drillOutcome, verifyOutcome } from './read-outcome.ts'

export type Reading = 'verify' | 'drill'

export interface AskedReading {
  backup: Backup
  reading: Reading
}

const FAILED: Record<Reading, string> = {
  verify: 'The backup was not verified',
  drill: 'The restore was not rehearsed',
}

/** Verifies and rehearses: at once where the server knows the password, else `asked` says what to ask it for. */
export function useReadBackup() {
  const verify = useMutation(backups.verify())
  const drill = useMutation(backups.drill())
  const { mutate: beginVerify } = verify
  const { mutate: beginDrill } = drill
  const toast = useToast()
  const [asked, setAsked] = useState<AskedReading>()

  const run = useCallback(
    ({ backup, reading }: AskedReading, password: string, onError: (error: unknown) => void): void => {
      const begin = reading === 'verify' ? beginVerify : beginDrill
      const onSuccess = (done: Backup) => {
        const outcome = reading === 'verify' ? verifyOutcome(done) : drillOutcome(done)
        setAsked(undefined)
        if (outcome !== undefined) toast[outcome.tone](outcome.words)
      }
      begin({ id: backup.id, password }, { onSuccess, onError })
    },
    [beginVerify, beginDrill, toast],
  )

  const start = useCallback(
    (reading: Reading, backup: Backup): void => {
      if (needsPassword(backup)) return setAsked({ backup, reading })
      run({ backup, reading }, '', (error) => {
        const { title, cause, advice } = describeFailure(error, FAILED[reading])
        toast.danger(title, { description: [cause, advice].filter(Boolean).join(' ') })
      })
    },
    [run, toast],
  )

  return {
    start,
    asked,
    /** Goes on with the password of what was asked; what goes wrong is in `error`. */
    proceed: (password: string) => asked && run(asked, password, () => undefined),
    close: () => {
      setAsked(undefined)
      verify.reset()
      drill.reset()
    },
    isVerifying: verify.isPending,
    isDrilling: drill.isPending,
    isPending: verify.isPending || drill.isPending,
    error: asked?.reading === 'drill' ? drill.error : verify.error,
  }
}
