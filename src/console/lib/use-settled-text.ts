import { useEffect, useRef, useState } from 'react'

interface Typed {
  text: string
  /** Handed on last; comes back as `value` a moment later. */
  sent: string
  /** The value looked at last. */
  seen: string
}

/** Text of a search box whose settled value lives elsewhere, such as in the address: typing is never held up by it, and a change from outside shows. */
export function useSettledText(value: string, onSettle: (text: string) => void, delayMs = 200) {
  const [typed, setTyped] = useState<Typed>({ text: value, sent: value, seen: value })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  if (value !== typed.seen) setTyped({ text: value === typed.sent ? typed.text : value, sent: value, seen: value })
  useEffect(() => () => clearTimeout(timer.current), [])

  function setText(text: string) {
    setTyped((before) => ({ ...before, text }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setTyped((before) => ({ ...before, sent: text }))
      onSettle(text)
    }, delayMs)
  }

  return { text: typed.text, setText }
}
