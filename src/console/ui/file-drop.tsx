import { FileUp, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'

import { cx } from '#console/lib/cx.ts'
import { formatBytes } from '#console/lib/format.ts'

import { IconButton } from './icon-button.tsx'

export interface FileDropProps {
  /** What the file is: "Archive". */
  label: string
  file: File | null
  onFileChange: (file: File | null) => void
  /** Endings or types, as in an input's `accept`. */
  accept?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  disabled?: boolean | undefined
}

/** One file, chosen or dropped. */
export function FileDrop({ label, file, onFileChange, accept, hint, error, disabled }: FileDropProps) {
  const id = useId()
  const inputRef = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)

  function handleRemove() {
    if (inputRef.current) inputRef.current.value = ''
    onFileChange(null)
    inputRef.current?.focus()
  }

  return (
    <div className="relative">
      {/* The input lies over the box, invisible: the browser itself then takes drops, presses and keys. */}
      <input
        ref={inputRef}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-label={label}
        aria-describedby={`${id}-name ${id}-note`}
        aria-invalid={error ? true : undefined}
        className="peer absolute inset-0 z-1 cursor-pointer text-transparent opacity-0 disabled:cursor-not-allowed"
        onDragEnter={() => setIsOver(true)}
        onDragLeave={() => setIsOver(false)}
        onDrop={() => setIsOver(false)}
        onChange={(event) => onFileChange(event.target.files?.[0] ?? null)}
      />
      <div
        className={cx(
          'flex min-h-20 items-center gap-3 rounded-lg border border-dashed border-line-strong bg-panel px-4 py-3 pr-12 transition-[background-color,border-color] peer-hover:bg-hover',
          'peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus peer-disabled:opacity-50',
          isOver && 'border-accent bg-accent-soft',
          error && 'border-danger',
        )}
      >
        <FileUp aria-hidden className="size-4 shrink-0 stroke-[1.5] text-muted" />
        <div className="min-w-0 flex-1">
          <p id={`${id}-name`} className="text-base font-medium wrap-anywhere">
            {file ? file.name : label}
          </p>
          <p id={`${id}-note`} className={cx('text-sm', error ? 'text-danger' : 'text-muted')}>
            {error ?? (file ? formatBytes(file.size) : (hint ?? 'Choose a file or drop it here'))}
          </p>
        </div>
      </div>
      {file && !disabled && (
        <IconButton
          label="Remove file"
          size="sm"
          onClick={handleRemove}
          className="absolute top-1/2 right-3 z-2 -translate-y-1/2"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
