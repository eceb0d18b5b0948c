import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'

import { ApiError } from '#api/client/api-error.ts'

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

/** Marks the fields that the server refused and moves to the first of them. */
export function showFieldIssues<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  error: unknown,
): void {
  if (!(error instanceof ApiError)) return
  const values = form.getValues()
  for (const [index, issue] of error.issues.entries()) {
    const field = fieldOf(values, issue.param)
    if (field !== undefined)
      form.setError(field, { type: 'server', message: issue.message }, { shouldFocus: index === 0 })
  }
}

/** What stands above the submit button after a refusal; nothing while there is none. */
export function formFailure(error: unknown, title: string): FormFailure | undefined {
  if (error === null || error === undefined) return undefined
  const text = describeFailure(error, title)
  const issues = error instanceof ApiError ? error.issues.map((issue) => `${issue.param}: ${issue.message}`) : []
  const reason = issues.length > 0 ? issues.join(' · ') : [text.cause, text.advice].filter(Boolean).join(' ')
  return { title, children: reason, detail: text.detail }
}
