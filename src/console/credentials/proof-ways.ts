import type { SecondFactorState } from '#api/contract/second-factor.ts'

/** What the account has to prove itself by. */
export interface ProofWays {
  hasPassword: boolean
  /** Undefined until it is known. */
  factors: SecondFactorState | undefined
}

export type ProofKind = 'password' | 'code' | 'recoveryCode'

/** The ways to prove who one is, the handiest first; none for an account that signs in by a provider alone. */
export function proofKinds({ hasPassword, factors }: ProofWays): ProofKind[] {
  return [
    ...(hasPassword ? (['password'] as const) : []),
    ...(factors && factors.totpSince !== null ? (['code'] as const) : []),
    ...(factors && factors.recoveryCodesLeft > 0 ? (['recoveryCode'] as const) : []),
  ]
}
