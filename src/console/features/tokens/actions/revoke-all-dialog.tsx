import { useInfiniteQuery, useQuery } from '@tanstack/react-query'

import { REVOKE_ALL_WORDS, revokeAllTokens } from '#api/contract/token-lifecycle.ts'
import { schedules } from '#console/data/schedules.ts'
import { tokens } from '#console/data/tokens.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { dependantNames } from '../dependant-words.ts'
import { isAlive } from '../token-status-words.ts'
import { stopWords } from './stop-words.ts'

export interface RevokeAllDialogProps {
  /** Whether other people's tokens are among them. */
  isOfAll: boolean
  onClose: () => void
}

/** The last resort after a leak: every token at once, for good. */
export function RevokeAllDialog({ isOfAll, onClose }: RevokeAllDialogProps) {
  const revokeAll = useTold(tokens.revokeAll(), 'The tokens were not revoked')
  const toast = useToast()

  function handleConfirm() {
    revokeAll.run(undefined, {
      onSuccess: ({ revoked, breaks }, isShown) => {
        toast.success(`${formatCount(revoked, 'token')} revoked`, {
          description: breaks.length === 0 ? undefined : `Stopped with them: ${dependantNames(breaks)}.`,
        })
        if (isShown) onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isOfAll ? 'Revoke all tokens of this instance' : 'Revoke all tokens that you made'}
      confirmLabel="Revoke all tokens"
      typedName={REVOKE_ALL_WORDS}
      pending={revokeAll.isPending}
      error={revokeAll.failure}
      onConfirm={handleConfirm}
    >
      <Extent isOfAll={isOfAll} />
      <p>
        {isOfAll
          ? 'Every program that uses any token of this instance, whoever made it, is refused from its next request on.'
          : 'Every program that uses a token you made is refused from its next request on.'}{' '}
        Nothing brings a revoked token back.
      </p>
      <p>People stay signed in.</p>
      <SameCall endpoint={revokeAllTokens} body={{ confirm: REVOKE_ALL_WORDS }} />
    </ConfirmDialog>
  )
}

/** As many as tell which tokens a member made; an owner's and an admin's are simply all. */
const MINE_MAX = 1_000

/** How many tokens it is about, and what in Metadeck stops with them, as it is right now. */
function Extent({ isOfAll }: { isOfAll: boolean }) {
  const page = useInfiniteQuery(tokens.list({ limit: isOfAll ? 1 : MINE_MAX })).data?.pages[0]
  const list = useQuery(schedules.list())
  if (page === undefined || list.isPending) return <p className="min-h-12">Counting them.</p>
  const { active, disabled, blocked } = page.counts
  const count = active + disabled + blocked
  const mine = new Set(page.items.map(({ id }) => id))
  const stopped = (list.data ?? []).filter(({ token }) => token !== null && (isOfAll || mine.has(token.id)))
  // A member may not read every schedule that runs with their tokens; the tokens tell how many there are.
  const used = isOfAll
    ? list.data && stopped.length
    : page.items.filter(isAlive).reduce((sum, one) => sum + one.usedBy, 0)
  return (
    <p className="min-h-12 font-medium text-foreground">
      {formatCount(count, 'token')}, {formatNumber(active)} of them active.{' '}
      {stopWords(
        stopped.map(({ name }) => name),
        used,
      )}
    </p>
  )
}
