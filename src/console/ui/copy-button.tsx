import { Check, Copy, TriangleAlert } from 'lucide-react'

import { useCopied } from '#console/lib/use-copied.ts'

import { Button, type ButtonProps } from './button.tsx'
import { IconButton } from './icon-button.tsx'

export interface CopyButtonProps extends Omit<ButtonProps, 'onCopy' | 'size'> {
  text: string
  /** What is copied: "Copy token". Its accessible name, which must contain the visible words when there are `children`. */
  label: string
  size?: 'md' | 'sm' | undefined
  /** Called when the text is really on the clipboard. */
  onCopied?: (() => void) | undefined
}

/** Copies and says that it did, in the button and to a screen reader. */
export function CopyButton({ text, label, onCopied, size = 'sm', children, variant, ...rest }: CopyButtonProps) {
  const { outcome, copy } = useCopied()
  const icon = {
    idle: <Copy aria-hidden />,
    copied: <Check aria-hidden className="text-success" />,
    failed: <TriangleAlert aria-hidden className="text-warning" />,
  }[outcome]
  const words = { idle: label, copied: 'Copied', failed: 'Copying is blocked: select the text instead' }[outcome]

  async function handleClick() {
    if (await copy(text)) onCopied?.()
  }

  return (
    <>
      {children ? (
        <Button {...rest} size={size} variant={variant} aria-label={label} onClick={handleClick}>
          {icon}
          {children}
        </Button>
      ) : (
        <IconButton {...rest} size={size} variant={variant ?? 'ghost'} label={words} onClick={handleClick}>
          {icon}
        </IconButton>
      )}
      <span aria-live="polite" className="sr-only">
        {outcome === 'idle' ? '' : words}
      </span>
    </>
  )
}
