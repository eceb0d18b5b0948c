import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'

import { KeepRecoveryCodes } from '#console/data/kept-recovery-codes.ts'
import { session } from '#console/data/session.ts'

const RecoveryCodesDialog = lazy(async () => ({
  default: (await import('#console/features/account/recovery-codes-dialog.tsx')).RecoveryCodesDialog,
}))

interface Kept {
  codes: readonly string[]
  /** The id of whose they are; undefined where nobody was signed in. */
  of: number | undefined
}

/** Keeps new recovery codes over every page, in memory alone, for as long as their owner is signed in. */
export function RecoveryCodesKeeper({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const here = useQuery({ ...session.current(), enabled: false }).data?.signedIn?.user.id
  const [kept, setKept] = useState<Kept>()
  if (kept !== undefined && kept.of !== here) setKept(undefined)

  const keep = useCallback(
    (codes: readonly string[]) =>
      setKept({ codes, of: client.getQueryData(session.current().queryKey)?.signedIn?.user.id }),
    [client],
  )

  return (
    <KeepRecoveryCodes value={keep}>
      {children}
      <Suspense>{kept && <RecoveryCodesDialog codes={kept.codes} onClose={() => setKept(undefined)} />}</Suspense>
    </KeepRecoveryCodes>
  )
}
