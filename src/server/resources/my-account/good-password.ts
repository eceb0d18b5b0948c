import { PASSWORD_RULE, passwordProblem } from '#api/contract/password.ts'

import { invalidInput } from '../../errors.ts'

/** Throws 400 naming the field when a new password is easily guessed; says why and what a good one needs. */
export function requireGoodPassword(param: string, password: string, person: { name: string; email: string }): void {
  const problem = passwordProblem(password, person)
  if (problem !== null) throw invalidInput(param, `${problem} ${PASSWORD_RULE}`)
}
