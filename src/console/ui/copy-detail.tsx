import { CopyButton } from './copy-button.tsx'

/** A technical line that helps support and nobody else: a request id, an error code. */
export function CopyDetail({ detail }: { detail: string }) {
  return (
    <div className="mt-1 flex max-w-full items-center gap-1 text-xs text-muted">
      <code className="truncate">{detail}</code>
      <CopyButton text={detail} label="Copy detail" className="size-6!" />
    </div>
  )
}
