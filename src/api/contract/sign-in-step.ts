import { z } from 'zod'

/** Ways of taking the second step. */
export const SecondFactor = z.enum(['totp', 'passkey', 'recovery_code'])
export type SecondFactor = z.infer<typeof SecondFactor>

/**
 * The first step was right and there is no session yet. The ticket that stands for the first step is in a cookie that
 * scripts cannot read; it is good for one sign-in from the same browser and address.
 *
 * `second_factor`: a code, a passkey or a recovery code is asked for. `second_factor_setup`: this Metadeck demands a
 * second step and the account has none, so that an authenticator app must be set up first.
 */
export const SignInStep = z.object({
  needs: z.enum(['second_factor', 'second_factor_setup']),
  /** What the account can be asked for; empty for `second_factor_setup`. */
  methods: z.array(SecondFactor),
  expiresAt: z.iso.datetime(),
})
export type SignInStep = z.infer<typeof SignInStep>
