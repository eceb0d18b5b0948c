import type { Effect } from '#api/contract/diffs.ts'
import type { Tone } from '#console/ui/badge.tsx'

/**
 * What a restore does to something: the sign and the word say it, the colour repeats it. `replaced` = there already, and
 * not compared; `blocked` = refused, because another one has its name now.
 */
export const EFFECT_MARKS: Record<Effect | 'replaced' | 'blocked', { words: string; tone: Tone }> = {
  removed: { words: '− removed', tone: 'danger' },
  changed: { words: '~ changed', tone: 'warning' },
  replaced: { words: '~ replaced', tone: 'warning' },
  blocked: { words: '× name taken', tone: 'danger' },
  added: { words: '+ added', tone: 'success' },
}
