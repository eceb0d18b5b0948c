import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'

import { CopyButton } from './copy-button.tsx'
import { startMark } from './focus-place.ts'
import { IconButton } from './icon-button.tsx'

export interface SecretRevealProps {
  secret: string
  /** What it is: "token". */
  noun?: string | undefined
  onCopied?: (() => void) | undefined
  /** Shown at once: right after it was made. */
  defaultShown?: boolean | undefined
}

/** The masked form keeps the length to itself. */
function maskSecret(secret: string): string {
  return secret.length > 16 ? `${secret.slice(0, 8)}${'•'.repeat(10)}${secret.slice(-4)}` : '•'.repeat(10)
}

/** A secret in the one place where it can be seen; hidden until asked for, copied without showing. */
export function SecretReveal({ secret, noun = 'secret', onCopied, defaultShown = false }: SecretRevealProps) {
  const [isShown, setIsShown] = useState(defaultShown)
  return (
    <div className="flex items-start gap-2 rounded-md border bg-muted p-1.5 pl-3">
      <code
        className="min-w-0 flex-1 self-center text-sm wrap-anywhere"
        aria-label={isShown ? undefined : `Hidden ${noun}`}
        role={isShown ? undefined : 'img'}
      >
        {isShown ? secret : maskSecret(secret)}
      </code>
      <IconButton
        size="sm"
        label={isShown ? `Hide ${noun}` : `Show ${noun}`}
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
      <CopyButton {...startMark} text={secret} label={`Copy ${noun}`} onCopied={onCopied}>
        Copy
      </CopyButton>
    </div>
  )
}
