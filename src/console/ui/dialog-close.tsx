import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'

import { closeMark } from './focus-place.ts'
import { IconButton } from './icon-button.tsx'

/** The cross at the head of a dialog or sheet. */
export function DialogClose({ className }: { className: string }) {
  return (
    <Dialog.Close
      render={
        <IconButton {...closeMark} label="Close" size="sm" className={className}>
          <X aria-hidden />
        </IconButton>
      }
    />
  )
}
