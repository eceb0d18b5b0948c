import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { CopyButton } from './copy-button.tsx'
import { ScrollRegion } from './scroll-region.tsx'

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
      <ScrollRegion aria-label={label} className="overflow-x-auto rounded-md">
        <pre
          className={cx(
            'py-2.5 pr-11 pl-3 font-mono text-xs',
            wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'w-max min-w-full',
          )}
        >
          <code>{children ?? code}</code>
        </pre>
      </ScrollRegion>
      <CopyButton text={code} label={`Copy ${label.toLowerCase()}`} className="absolute top-1 right-1 bg-muted" />
    </div>
  )
}
