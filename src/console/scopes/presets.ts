import { SCOPES, type Scopes } from '#api/contract/scopes.ts'

import { isSameGrant } from './scope-matrix.ts'

export const PRESET_IDS = ['read-only', 'backup', 'ci', 'agent'] as const
export type PresetId = (typeof PRESET_IDS)[number]

interface Preset {
  label: string
  /** What it is for. */
  hint: string
  scopes: Scopes
}

export const PRESETS: Record<PresetId, Preset> = {
  'read-only': {
    label: 'Read-only',
    hint: 'Reads everything, changes no rows or tables.',
    scopes: Object.fromEntries(SCOPES.filter(({ letters }) => letters.includes('r')).map(({ name }) => [name, 'r'])),
  },
  backup: {
    label: 'Backup',
    hint: 'Exports workspaces and takes backups; changes no rows or tables.',
    scopes: { 'instance:workspace': 'r' },
  },
  ci: {
    label: 'CI deploy',
    hint: 'Pushes tables and logic; can export and import whole workspaces.',
    scopes: {
      'instance:workspace': 'ru',
      'workspace:database': 'cru',
      'workspace:api': 'cru',
      'workspace:function': 'cru',
      'workspace:addon': 'cru',
      'workspace:task': 'cru',
    },
  },
  agent: {
    label: 'Agent read-only',
    hint: 'Reads definitions and history: no rows, no files, no export.',
    scopes: {
      'workspace:database': 'r',
      'workspace:api': 'r',
      'workspace:function': 'r',
      'workspace:addon': 'r',
      'workspace:task': 'r',
      'workspace:requesthistory': 'r',
    },
  },
}

/** The preset that grants exactly this, or `custom`. */
export function presetOf(scopes: Scopes): PresetId | 'custom' {
  return PRESET_IDS.find((id) => isSameGrant(PRESETS[id].scopes, scopes)) ?? 'custom'
}
