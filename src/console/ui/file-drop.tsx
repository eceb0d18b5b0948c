import { FileUp, X } from 'lucide-react'
import { useId, useRef, useState, type DragEvent } from 'react'

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

  function handleDrop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped && !disabled) onFileChange(dropped)
  }

  function handleRemove() {
    if (inputRef.current) inputRef.current.value = ''
    onFileChange(null)
    inputRef.current?.focus()
  }

  return (
    <div className="relative">
      <input
        ref={inputRef}
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-describedby={`${id}-note`}
        aria-invalid={error ? true : undefined}
        className="peer sr-only"
        onChange={(event) => onFileChange(event.target.files?.[0] ?? null)}
      />
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={handleDrop}
        className={cx(
          'flex min-h-20 cursor-pointer items-center gap-3 rounded-lg border border-dashed border-line-strong bg-panel px-4 py-3 pr-12 transition-[background-color,border-color] hover:bg-hover',
          'peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus peer-disabled:pointer-events-none peer-disabled:opacity-50',
          isOver && 'border-accent bg-accent-soft',
          error && 'border-danger',
        )}
      >
        <FileUp aria-hidden className="size-4 shrink-0 stroke-[1.5] text-muted" />
        <span className="min-w-0 flex-1">
          <span className="block text-base font-medium wrap-anywhere">{file ? file.name : label}</span>
          <span id={`${id}-note`} className={cx('block text-sm', error ? 'text-danger' : 'text-muted')}>
            {error ?? (file ? formatBytes(file.size) : (hint ?? 'Choose a file or drop it here'))}
          </span>
        </span>
      </label>
      {file && !disabled && (
        <IconButton label="Remove file" size="sm" onClick={handleRemove} className="absolute top-1/2 right-3 -translate-y-1/2">
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
