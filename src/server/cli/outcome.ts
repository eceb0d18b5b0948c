import type { ExitCode } from './exit-code.ts'

/** What a command came to: the same as a document for programs and as text for people. */
export interface Outcome {
  exit: ExitCode
  json: unknown
  text: string
}
