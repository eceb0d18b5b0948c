import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { CopyButton } from './copy-button.tsx'

export interface CodeBlockProps {
  code: string
  /** What it is: "Request", "XanoScript". Names the region and the copy button. */
  label: string
  /** Drawn instead of the plain text, for highlighted code; `code` is still what is copied. */
  children?: ReactNode
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean | undefined
  className?: string | undefined
}

/** Code to read and to copy. */
export function CodeBlock({ code, label, children, wrap, className }: CodeBlockProps) {
  return (
    <div className={cx('relative rounded-md border bg-muted', className)}>
      <pre
        // Scrolling by keyboard needs the focus.
        tabIndex={0}
        role="region"
        aria-label={label}
        className={cx('overflow-x-auto rounded-md py-2.5 pr-11 pl-3 font-mono text-xs', wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre')}
      >
        <code>{children ?? code}</code>
      </pre>
      <CopyButton text={code} label={`Copy ${label.toLowerCase()}`} className="absolute top-1 right-1" />
    </div>
  )
}
