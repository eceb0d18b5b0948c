import { useEffect, useEffectEvent } from 'react'

import { createSequence, keyName } from './hotkey-sequence.ts'

/**
 * Runs what is bound to keys anywhere on the page: `{ 'g i': openInstances, 'mod+k': openSearch }`. Plain keys rest while one types and while a dialog or list is
 * open; combinations with `mod` do not.
 */
export function useHotkeys(bindings: Record<string, () => void>): void {
  const names = Object.keys(bindings).join(',')
  const run = useEffectEvent((binding: string) => bindings[binding]?.())

  useEffect(() => {
    const sequence = createSequence(names.split(','))
    function handleKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.repeat || isModifier(event.key)) return
      const name = keyName(event)
      if (!name.startsWith('mod+') && isBusy(event.target)) return
      const complete = sequence.press(name, event.timeStamp)
      if (complete === undefined) return
      event.preventDefault()
      run(complete)
    }
    document.addEventListener('keydown', handleKeyDown)
    return () => document.removeEventListener('keydown', handleKeyDown)
  }, [names])
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isTyping =
    target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select')
  return isTyping || target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
}
