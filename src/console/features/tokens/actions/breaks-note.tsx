import { useQuery } from '@tanstack/react-query'

import { tokens } from '#console/data/tokens.ts'

import { DependantList } from '../dependant-list.tsx'

export interface BreaksNoteProps {
  tokenId: number
  /** What happens to them: "These stop running with it:". */
  words: string
}

/** What in Metadeck runs with a token, as it is right now. */
export function BreaksNote({ tokenId, words }: BreaksNoteProps) {
  const detail = useQuery(tokens.detail(tokenId))
  if (detail.isPending) return <p className="min-h-6">Looking for what runs with it.</p>
  if (detail.data === undefined) return <p>What runs with it could not be read: look at its page before you go on.</p>
  const { dependants } = detail.data
  if (dependants.length === 0) return <p>Nothing in Metadeck runs with it.</p>
  return (
    <div className="text-foreground">
      <p className="mb-1 font-medium">{words}</p>
      <DependantList dependants={dependants} />
    </div>
  )
}
