import { asksForProof, type ProofInput, refusesProof } from '#console/data/second-factor.ts'

/** Whether the question who is there tells this failure: it is asked now, or the proof that was `given` in it is refused. */
export function proofShows(error: unknown, given: ProofInput): boolean {
  return asksForProof(error) || (Object.keys(given).length > 0 && refusesProof(error))
}
