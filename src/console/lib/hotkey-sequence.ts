/** How long the second key of `g i` may take. */
const patienceMs = 1_000

/** One pressed key as it is written in a binding: `g`, `?`, `mod+k`, `mod+shift+p`. `mod` is ⌘ on Apple's keyboards, Ctrl elsewhere. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isLetter = /^[a-z]$/i.test(key)
  const parts = [
    ctrlKey || metaKey ? 'mod' : '',
    altKey ? 'alt' : '',
    shiftKey && (isLetter || key.length > 1) ? 'shift' : '',
    key.toLowerCase(),
  ]
  return parts.filter(Boolean).join('+')
}

/**
 * Follows key presses through sequences such as `g i`. `press` answers with the binding that is complete now, or nothing; a press that fits no sequence starts
 * over with itself.
 */
export function createSequence(bindings: readonly string[]) {
  const sequences = bindings.map((binding) => ({ binding, keys: binding.split(' ') }))
  let pressed: string[] = []
  let lastAt = Number.NEGATIVE_INFINITY

  function isStart(keys: readonly string[]): boolean {
    return sequences.some(
      (sequence) => keys.length <= sequence.keys.length && keys.every((key, index) => key === sequence.keys[index]),
    )
  }

  return {
    press(name: string, atMs: number): string | undefined {
      const longer = atMs - lastAt <= patienceMs ? [...pressed, name] : [name]
      pressed = isStart(longer) ? longer : isStart([name]) ? [name] : []
      lastAt = atMs
      const text = pressed.join(' ')
      const complete = sequences.find((sequence) => sequence.binding === text)
      if (complete) pressed = []
      return complete?.binding
    },
  }
}
