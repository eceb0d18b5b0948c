import { useEffect, useState } from 'react'

/** How long "Copied" stands before the button offers to copy again. */
const shownMs = 2_000

/** Puts text on the clipboard and remembers for a moment whether that worked. */
export function useCopied() {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (outcome === 'idle') return undefined
    const timer = setTimeout(() => setOutcome('idle'), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy(text: string): Promise<boolean> {
    const isCopied = await writeClipboard(text)
    setOutcome(isCopied ? 'copied' : 'failed')
    return isCopied
  }

  return { outcome, copy }
}

/** The clipboard API is absent on plain http; a selected textarea still works there. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const active = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  // Inside a dialog the focus trap would take the selection away from the body.
  const parent = active?.closest('[role="dialog"], [role="alertdialog"]') ?? document.body
  parent.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (active instanceof HTMLElement) active.focus()
  return isCopied
}
