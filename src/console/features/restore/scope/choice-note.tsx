import type { ReactNode } from 'react'

import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import type { NoteLine } from '../lines-box.tsx'

const LINES_MAX = 5

interface ChoiceNoteProps {
  tone?: 'warning'
  children: ReactNode
  /** Changes the choice so that the note is no longer needed. */
  action: { label: string; onClick: () => void } | undefined
}

/** What a choice brings with it, and the button that settles it. */
export function ChoiceNote({ tone, children, action }: ChoiceNoteProps) {
  return (
    <Callout
      tone={tone}
      className="wrap-anywhere"
      action={
        action && (
          <Button size="sm" onClick={action.onClick}>
            {action.label}
          </Button>
        )
      }
    >
      {children}
    </Callout>
  )
}

/** The first of many; `more` tells of the rest, after its number: `more tables need others`. */
export function NoteLines({ lines, more }: { lines: readonly NoteLine[]; more: string }) {
  return (
    <>
      {lines.slice(0, LINES_MAX).map(({ key, words }) => (
        <p key={key}>{words}</p>
      ))}
      {lines.length > LINES_MAX && (
        <p>
          {lines.length - LINES_MAX} {more}.
        </p>
      )}
    </>
  )
}
