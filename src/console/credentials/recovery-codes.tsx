import { useQuery } from '@tanstack/react-query'
import { Download, Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { session } from '#console/data/session.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'

import { downloadText, printText, recoveryText } from './recovery-text.ts'

interface RecoveryCodesProps {
  codes: readonly string[]
  /** What comes next: "Continue". */
  doneLabel: string
  onDone: () => void
}

/** New recovery codes in the one place where they are ever seen; left only after they are stored. */
export function RecoveryCodes({ codes, doneLabel, onDone }: RecoveryCodesProps) {
  const signedIn = useQuery({ ...session.current(), enabled: false }).data?.signedIn
  const [madeAt] = useState(() => new Date())
  const [isStored, setIsStored] = useState(false)
  const removePrint = useRef<() => void>(undefined)
  const text = recoveryText({ codes, account: signedIn?.user.email, origin: location.origin, madeAt })

  useEffect(() => () => removePrint.current?.(), [])

  function handlePrint() {
    removePrint.current?.()
    removePrint.current = printText(text)
  }

  return (
    <div className="flex flex-col gap-4">
      <p>
        Each code signs you in once when the app or the passkey is not at hand. They are shown only now: Metadeck keeps
        no copy that can be read.
      </p>
      <ul aria-label="Recovery codes" className="grid gap-x-4 gap-y-1 rounded-md border bg-muted p-3 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="font-mono text-sm whitespace-nowrap">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy recovery codes" onCopied={() => setIsStored(true)}>
          Copy
        </CopyButton>
        <Button size="sm" onClick={() => downloadText('metadeck-recovery-codes.txt', text)}>
          <Download aria-hidden />
          Download
        </Button>
        <Button size="sm" onClick={handlePrint}>
          <Printer aria-hidden />
          Print
        </Button>
      </div>
      <Checkbox label="I have stored them" checked={isStored} onCheckedChange={setIsStored} />
      <Button variant="primary" disabled={!isStored} onClick={onDone} className="self-end">
        {doneLabel}
      </Button>
    </div>
  )
}
