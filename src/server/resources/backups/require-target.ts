import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'

/** Throws 400 on `targetId` unless such a target is saved and can be used. */
export async function requireTarget({ targets }: Pick<Deps, 'targets'>, targetId: number | null): Promise<void> {
  try {
    await targets.open(targetId)
  } catch (error) {
    if (error instanceof AppError) throw invalidInput('targetId', error.message)
    throw error
  }
}
