import type { MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

import { AppError, invalidInput } from '../../errors.ts'

/** What the form parser says of half a form, and streams of an end that never came; neither has a status. */
const TORN = /terminated early|premature close/i
/** What a socket says whose other side went away. */
const LEFT = /aborted|ECONNRESET|premature close/i

/** Notes a plain field of a form. One that comes twice is refused: which one is meant would be left to chance. */
export function addField<Value>(fields: Record<string, Value>, part: MultipartValue, value: Value): void {
  const name = part.fieldname
  if (Object.hasOwn(fields, name)) {
    throw invalidInput(name, `Invalid value for param ${name}: the form holds it twice. Send it once.`)
  }
  // A value over the limit arrives cut: it must never be taken for the whole.
  if (part.valueTruncated) throw new AppError('too_large', `The field ${name} of the form is too long.`)
  fields[name] = value
}

/**
 * The answer for a form that could not be read to its end: a sender that went away or sent half a form is no failure of
 * the server. Anything else is given back as it is.
 */
export function toFormRefusal(request: FastifyRequest, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const hasLeft = request.raw.destroyed && !request.raw.complete
  const isExpected = hasLeft ? LEFT.test(`${error.message} ${codeOf(error)}`) : TORN.test(error.message)
  if (!isExpected) return error
  request.log.debug({ err: error }, 'the form of a request ended too early')
  return new AppError('invalid_input', 'The form in the request body ends too early.')
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? ''
}
