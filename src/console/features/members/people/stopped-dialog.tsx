import type { TokenDependant } from '#api/contract/tokens.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { stoppedPath, stoppedWords } from './removal-words.ts'

interface StoppedDialogProps {
  /** Whose account is gone. */
  name: string
  stopped: readonly TokenDependant[]
  onClose: () => void
}

/** What stopped with a removed account: backups that nobody takes any more are not left to be found out. */
export function StoppedDialog({ name, stopped, onClose }: StoppedDialogProps) {
  return (
    <Dialog open onOpenChange={onClose} title={stoppedWords(stopped)}>
      <p>
        {name} saved {stopped.length === 1 ? 'it' : 'them'} last, or it was a token of theirs that{' '}
        {stopped.length === 1 ? 'it' : 'they'} ran with. To let {stopped.length === 1 ? 'it' : 'them'} run again, save{' '}
        {stopped.length === 1 ? 'it' : 'each'} anew, or with a token that works.
      </p>
      <ScrollRegion aria-label="What stopped" className="mt-3 max-h-60 overflow-y-auto rounded-md border">
        <ul className="text-sm">
          {stopped.map((one) => (
            <li key={`${one.kind} ${one.id}`} className="px-3 py-1.5 wrap-anywhere not-last:border-b">
              <Stopped one={one} />
            </li>
          ))}
        </ul>
      </ScrollRegion>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  )
}

function Stopped({ one }: { one: TokenDependant }) {
  const path = stoppedPath(one)
  return (
    <>
      {path === undefined ? one.name : <TextLink to={path}>{one.name}</TextLink>}
      {one.workspace !== null && <span className="text-muted"> in {one.workspace.name}</span>}
    </>
  )
}
