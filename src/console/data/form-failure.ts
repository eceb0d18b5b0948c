import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'

import { ApiError } from '#api/client/api-error.ts'
import type { FieldIssue } from '#api/contract/errors.ts'

import { describeFailure } from './describe-failure.ts'

export interface FormFailure {
  title: string
  children: string
  detail: string | undefined
}

function fieldOf<Values extends FieldValues>(values: Values, param: string): FieldPath<Values> | undefined {
  const [first = ''] = param.split('.')
  return first in values ? (param as FieldPath<Values>) : undefined
}

/** A refusal in the words of its field, which stands beside it: without the field's name once more. */
function plainMessage({ param, message }: FieldIssue): string {
  if (message === `Missing param: ${param}`) return 'Give a value'
  const prefix = `Invalid value for param ${param}: `
  const reason = message.startsWith(prefix) ? message.slice(prefix.length) : message
  return reason.charAt(0).toUpperCase() + reason.slice(1)
}

/** The fields that the server refused, first one first; none when it refused for another reason. */
export function plainIssues(error: unknown): FieldIssue[] {
  if (!(error instanceof ApiError)) return []
  return error.issues.map((issue) => ({ param: issue.param, message: plainMessage(issue) }))
}

/** Marks the fields that the server refused and moves to the first of them. */
export function showFieldIssues<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  error: unknown,
): void {
  const values = form.getValues()
  for (const [index, issue] of plainIssues(error).entries()) {
    const field = fieldOf(values, issue.param)
    if (field !== undefined)
      form.setError(field, { type: 'server', message: issue.message }, { shouldFocus: index === 0 })
  }
}

/** What stands above the submit button after a refusal; nothing while there is none. */
export function formFailure(error: unknown, title: string): FormFailure | undefined {
  if (error === null || error === undefined) return undefined
  const text = describeFailure(error, title)
  const issues = plainIssues(error).map(({ param, message }) => (param === '' ? message : `${param}: ${message}`))
  const reason = issues.length > 0 ? issues.join(' · ') : [text.cause, text.advice].filter(Boolean).join(' ')
  return { title, children: reason, detail: text.detail }
}
