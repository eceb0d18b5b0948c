import { PRESET_IDS, type PresetId } from '#console/scopes/presets.ts'

const STEMS: Record<PresetId, string> = {
  'read-only': 'reader',
  backup: 'nightly-backup',
  ci: 'ci-deploy',
  agent: 'agent-reader',
}

/** `nightly-backup-2026-11`: what uses it, and since when. */
export function suggestName(preset: PresetId, now: Date): string {
  return `${STEMS[preset]}-${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`
}

/** True for a name that nobody typed: it may be replaced. */
export function isSuggestion(name: string): boolean {
  return name.trim() === '' || PRESET_IDS.some((id) => new RegExp(`^${STEMS[id]}-\\d{4}-\\d{2}$`).test(name))
}
