import { formFailure, type FormFailure, plainIssues } from '#console/data/form-failure.ts'

/** Why a code was not taken. It is the only thing that was typed, so that its name is not said. */
export function codeFailure(error: unknown, title: string): FormFailure | undefined {
  const failure = formFailure(error, title)
  const [issue, ...others] = plainIssues(error)
  return failure && issue?.param === 'code' && others.length === 0 ? { ...failure, children: issue.message } : failure
}
