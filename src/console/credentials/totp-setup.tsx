import type { ReactNode } from 'react'

import type { NewTotp } from '#api/contract/second-factor.ts'
import { CopyButton } from '#console/ui/copy-button.tsx'

import { CodeForm } from './code-form.tsx'

interface TotpSetupProps {
  totp: NewTotp
  submitLabel: string
  isPending: boolean
  failure: ReactNode
  onSubmit: (code: string, onError: () => void) => void
}

/** Gives a new authenticator app its secret, as a picture and as text, and asks for a first code to see that it arrived. */
export function TotpSetup({ totp, ...form }: TotpSetupProps) {
  return (
    <div className="flex flex-col gap-4">
      <p>Scan this with an authenticator app, or type the key into it.</p>
      <QrCode {...totp.qr} />
      <div>
        <p className="mb-1 text-sm font-medium">Key</p>
        <div className="flex items-center gap-2 rounded-md border bg-muted p-1.5 pl-3">
          <code className="min-w-0 flex-1 text-sm">{totp.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyButton text={totp.secret} label="Copy key">
            Copy
          </CopyButton>
        </div>
        <p className="mt-1 text-xs text-muted">
          On the device with the app:{' '}
          <a href={totp.uri} className="text-accent underline underline-offset-4">
            open it in the app
          </a>
          . Whoever has the key can make the codes: it is shown only now.
        </p>
      </div>
      <CodeForm {...form} />
    </div>
  )
}

/** Dark on white in both themes: many readers do not know the inverse. */
function QrCode({ size, path }: NewTotp['qr']) {
  return (
    <svg
      role="img"
      aria-label="QR code of the key below"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 self-center rounded-md border"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
