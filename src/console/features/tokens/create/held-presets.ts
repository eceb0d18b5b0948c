import type { Scopes } from '#api/contract/scopes.ts'
import { PRESET_IDS, type PresetId, PRESETS } from '#console/scopes/presets.ts'
import { hasAnyScope, isSameGrant, withinHeld } from '#console/scopes/scope-matrix.ts'

/** What a preset grants, as far as whoever grants holds it. */
export const heldPreset = (id: PresetId, held: Scopes): Scopes => withinHeld(PRESETS[id].scopes, held)

/** Nothing of it is held. */
export const isOutOfReach = (id: PresetId, held: Scopes): boolean => !hasAnyScope(heldPreset(id, held))

/** Less of it is held than it grants. */
export const isPresetCut = (id: PresetId, held: Scopes): boolean =>
  !isSameGrant(heldPreset(id, held), PRESETS[id].scopes)

/** The preset that comes to exactly this; of several that do, once they are cut, the one chosen last. */
export function heldPresetOf(scopes: Scopes, held: Scopes, chosen: PresetId | undefined): PresetId | 'custom' {
  const fits = (id: PresetId) => !isOutOfReach(id, held) && isSameGrant(heldPreset(id, held), scopes)
  if (chosen !== undefined && fits(chosen)) return chosen
  return PRESET_IDS.find(fits) ?? 'custom'
}
