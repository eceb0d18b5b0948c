import type { Member } from '#api/contract/members.ts'

const LABELS = { totp: 'app', passkey: 'passkey' } as const

/** `app and passkey`; `none`. */
export function secondStepWords(steps: Member['secondSteps']): string {
  return steps.length === 0 ? 'none' : steps.map((step) => LABELS[step]).join(' and ')
}
