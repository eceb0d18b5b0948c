import type { Effect } from '#api/contract/diffs.ts'
import type { Tone } from '#console/ui/badge.tsx'

/**
 * What a restore does to something: the sign and the word say it, the colour repeats it. `replaced` = there already, and
 * not compared.
 */
export const EFFECT_MARKS: Record<Effect | 'replaced', { words: string; tone: Tone }> = {
  removed: { words: '− removed', tone: 'danger' },
  changed: { words: '~ changed', tone: 'warning' },
  replaced: { words: '~ replaced', tone: 'warning' },
  added: { words: '+ added', tone: 'success' },
}
