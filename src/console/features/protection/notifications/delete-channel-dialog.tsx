import { useMutation } from '@tanstack/react-query'

import type { Channel } from '#api/contract/notifications.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { notifications } from '#console/data/notifications.ts'
import { DeleteByNameDialog } from '#console/ui/delete-by-name-dialog.tsx'

import { eventsWords, placeWords } from './channel-words.ts'

/** Ends the messages to one webhook or mailbox; the others go on. */
export function DeleteChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const remove = useMutation(notifications.remove())
  return (
    <DeleteByNameDialog
      kind="channel"
      verb="remove"
      name={channel.name}
      onDelete={(onSuccess) => remove.mutate(channel.id, { onSuccess })}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The channel was not removed')}
      onClose={onClose}
    >
      <p>
        {placeWords(channel.settings)} is not told any more: {eventsWords(channel.events)}. Messages that wait to be
        sent are dropped.
      </p>
      <p>{lossWords(channel)}</p>
    </DeleteByNameDialog>
  )
}

/** What nobody can read here again. */
function lossWords({ settings, hasSecret }: Channel): string {
  const secret = settings.kind === 'webhook' ? 'signing key' : 'mail password'
  const lost = hasSecret ? `address and ${secret} are` : 'address is'
  return `Its ${lost} forgotten, and so is the list of what it was told.`
}
