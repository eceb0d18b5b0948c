import type { FieldIssue } from '#api/contract/errors.ts'

/** A value that its column refuses. `reason` ends the sentence "Invalid value for param price: …". */
export class BadValue extends Error {
  override name = 'BadValue'
  readonly reason: string
  /** Where inside the value, for lists and objects. */
  readonly path: readonly (string | number)[]
  /** True where the failure is that nothing was sent. */
  readonly missing: boolean

  constructor(reason: string, path: readonly (string | number)[] = [], missing = false) {
    super(reason)
    this.reason = reason
    this.path = path
    this.missing = missing
  }

  /** The same failure, seen from one level further out. */
  inside(key: string | number): BadValue {
    return new BadValue(this.reason, [key, ...this.path], this.missing)
  }

  /** The words of the API for it; `prefix` is the path of the column. */
  toIssue(prefix: string): FieldIssue {
    const param = [prefix, ...this.path].join('.')
    return {
      param,
      message: this.missing ? `Missing param: ${param}` : `Invalid value for param ${param}: ${this.reason}`,
    }
  }
}

/** A value that was not sent, or is empty, where one is required. */
export function missingValue(): BadValue {
  return new BadValue('a value is required', [], true)
}
