import { SecretOnceDialog } from '#console/ui/secret-once-dialog.tsx'

/** The signing key of a new webhook, and what it is for. */
export function SigningKeyDialog({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  return (
    <SecretOnceDialog
      title={`Signing key of ${name}`}
      description="This is the only time it is shown. With it the receiver knows that a message is from here."
      secret={secret}
      noun="signing key"
      keptLabel="I have stored it"
      onDone={onDone}
    >
      <p className="text-sm text-muted">
        Each message carries <code>x-metadeck-timestamp</code> and <code>x-metadeck-signature</code>: HMAC-SHA-256 with
        this key over the timestamp, a dot and the body, in hexadecimal after <code>sha256=</code>.
      </p>
    </SecretOnceDialog>
  )
}
