import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

import { type AppError, invalidInput, notFound } from '../../errors.ts'
import { asDatabaseError } from '../../tables/database-error.ts'

const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'

/**
 * Names and guids are kept apart by the database alone, so that of two writes at once one goes through and the other
 * is told what is taken. A branch or group that was deleted meanwhile is not found.
 */
export function refuseTaken(
  kind: ConstructKind,
  fields: { name: string; verb: string | null; guid: string },
): (error: unknown) => never {
  return (error) => {
    const failure = asDatabaseError(error)
    if (failure?.code === FOREIGN_KEY_VIOLATION) throw notFound('The branch or the API group')
    if (failure?.code !== UNIQUE_VIOLATION) throw error
    throw failure.constraint === 'construct_guid' ? takenGuid(kind, fields.guid) : takenName(kind, fields)
  }
}

function takenGuid(kind: ConstructKind, guid: string): AppError {
  return invalidInput('guid', `Duplicate ${kind} guid: ${guid}. Another ${words(kind)} of this branch has it.`)
}

function takenName(kind: ConstructKind, { name, verb }: { name: string; verb: string | null }): AppError {
  const holder = verb === null ? `another ${words(kind)} of this branch` : `another ${verb} API of this group`
  return invalidInput('name', `The name "${name}" is taken by ${holder}. Choose another name.`)
}

function words(kind: ConstructKind): string {
  return kind.replaceAll('_', ' ')
}
