import type { ScopeChoices } from '#api/contract/restore-scope.ts'

/** A group or construct; constructs are told apart by their kind as well. */
interface Logic {
  kind?: string
  name: string
  guid: string
}

type Effect = Pick<ScopeChoices['apiGroups'][number], 'effect' | 'nowNamed'>

/** What the target has, to be found by what a restore finds it by: kind and guid, else kind and name. */
export class LogicIndex {
  readonly #byGuid = new Map<string, Logic>()
  readonly #byName = new Map<string, Logic>()

  constructor(present: readonly Logic[]) {
    for (const one of present) {
      if (one.guid !== '') this.#byGuid.set(`${one.kind} ${one.guid}`, one)
      this.#byName.set(nameKey(one), one)
    }
  }

  /** True where the target has it, by guid or name. */
  has(one: Logic): boolean {
    return this.effectOf(one).effect !== 'added'
  }

  /** What a restore of this one alone does. */
  effectOf(one: Logic): Effect {
    const same = this.#byGuid.get(`${one.kind} ${one.guid}`)
    const namesake = this.#byName.get(nameKey(one))
    if (same === undefined) return { effect: namesake === undefined ? 'added' : 'replaced' }
    const nowNamed = same.name === one.name ? {} : { nowNamed: same.name }
    return { effect: namesake === undefined || namesake === same ? 'replaced' : 'blocked', ...nowNamed }
  }
}

function nameKey({ kind, name }: Logic): string {
  return `${kind} ${name.toLowerCase()}`
}
