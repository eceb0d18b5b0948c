/** What the keyboard does anywhere in the frame; the sheet behind `?` is drawn from this list. */
export const shortcuts = [
  { keys: 'g i', effect: 'Switch the instance' },
  { keys: 'g w', effect: 'Switch the workspace' },
  { keys: 'g t', effect: 'Go to the tables' },
  { keys: 'g b', effect: 'Go to the backups' },
  { keys: '?', effect: 'Show this list' },
] as const

export type ShortcutKeys = (typeof shortcuts)[number]['keys']
