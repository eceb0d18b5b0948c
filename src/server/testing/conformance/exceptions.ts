/**
 * Where this instance deliberately differs from the shared contract, each with its reason. The tests of this folder
 * read it; a difference that is not here fails one of them, and one that is here and not seen any more does so too.
 */

/** Valid calls that are answered with 400 where the database lacks an extension, by operation id. */
export const NEEDS_EXTENSION: Record<string, string> = {
  // The answer says in one sentence what is missing: Metadeck brings no extension of its own.
  indexAddSpatial: 'postgis',
  indexAddVector: 'vector',
}

/** Header parameters of ours that the contract does not know; leaving them out is always allowed. */
export const OWN_HEADERS: Record<string, string> = {
  'Idempotency-Key': 'Repeating a POST is safe with it.',
  'If-Match': 'Changing a definition that somebody else changed meanwhile is refused with it.',
}

/** Parameters that only one side has, as `operationId: in name`. */
export const PARAMETERS: Record<string, string> = {}

/** Body keys of a wrong type that are taken, as `operationId: key`. */
export const LENIENT_KEYS: Record<string, string> = {}

/** Keys required there that have a default here, as `operationId: key`. */
export const OPTIONAL_KEYS: Record<string, string> = {}
