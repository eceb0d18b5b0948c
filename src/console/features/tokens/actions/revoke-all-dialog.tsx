import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'

import { REVOKE_ALL_WORDS, revokeAllTokens } from '#api/contract/token-lifecycle.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { tokens } from '#console/data/tokens.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { SameCall } from '#console/scopes/same-call.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { dependantNames, namesInShort } from '../dependant-words.ts'

export interface RevokeAllDialogProps {
  /** Whether other people's tokens are among them. */
  isOfAll: boolean
  onClose: () => void
}

/** The last resort after a leak: every token at once, for good. */
export function RevokeAllDialog({ isOfAll, onClose }: RevokeAllDialogProps) {
  const revokeAll = useMutation(tokens.revokeAll())
  const toast = useToast()

  function handleConfirm() {
    revokeAll.mutate(undefined, {
      onSuccess: ({ revoked, breaks }) => {
        toast.success(`${formatCount(revoked, 'token')} revoked`, {
          description: breaks.length === 0 ? undefined : `Stopped with them: ${dependantNames(breaks)}.`,
        })
        onClose()
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
      error={formFailure(revokeAll.error, 'Could not revoke the tokens')}
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
  return (
    <p className="min-h-12 font-medium text-foreground">
      {formatCount(count, 'token')}, {formatNumber(active)} of them in force.{' '}
      {list.isError
        ? 'What runs with them could not be read.'
        : stopped.length === 0
          ? 'No schedule runs with one.'
          : `${namesInShort(stopped.map(({ name }) => name))} ${stopped.length === 1 ? 'stops' : 'stop'} with them.`}
    </p>
  )
}
