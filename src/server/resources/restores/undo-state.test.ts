import { describe, expect, it } from 'vitest'

import type { RestoreScope } from '#api/contract/restore-scope.ts'

import { type RestoreFacts, undoState } from './undo-state.ts'

const WHOLE: RestoreFacts = {
  id: 1,
  workspace_id: 7,
  into_new: false,
  new_branch: null,
  status: 'succeeded',
  scope: null,
  safety_backup_id: 11,
  undo_of: null,
}

function refusal(restore: RestoreFacts, others: RestoreFacts[] = [], safetyStatus: string | null = 'succeeded') {
  return undoState({ restore, related: [restore, ...others], safetyStatus }).refusal
}

describe('whether a restore can be undone', () => {
  it('one that succeeded can, as long as its safety backup is there and whole', () => {
    expect(refusal(WHOLE)).toBeNull()
    expect(refusal(WHOLE, [], 'looks_wrong')).toBeNull()
    expect(refusal(WHOLE, [], null)).toContain('was deleted')
    expect(refusal(WHOLE, [], 'failed')).toContain('damaged')
  })

  it('one that is under way, failed or lost its workspace cannot', () => {
    expect(refusal({ ...WHOLE, status: 'running' })).toContain('not done yet')
    expect(refusal({ ...WHOLE, status: 'failed' })).toContain('changed nothing')
    expect(refusal({ ...WHOLE, status: 'cancelled' })).toContain('changed nothing')
    expect(refusal({ ...WHOLE, workspace_id: null })).toContain('deleted')
  })

  it('one that made a workspace or a branch needs no safety backup; what an undo deleted is not undone', () => {
    const made = { ...WHOLE, into_new: true, safety_backup_id: null }
    expect(refusal(made, [], null)).toBeNull()
    expect(refusal({ ...WHOLE, new_branch: 'next', safety_backup_id: null }, [], null)).toBeNull()
    expect(refusal({ ...made, undo_of: 1, id: 2 })).toContain('safety backup')
  })

  it('is refused while a later restore of the same tables is in effect, and says which', () => {
    const later = { ...WHOLE, id: 2 }
    expect(refusal(WHOLE, [later])).toContain('Restore 2')
    expect(refusal(later, [WHOLE])).toBeNull()
    expect(refusal(WHOLE, [{ ...later, status: 'failed' }])).toBeNull()
    expect(refusal(WHOLE, [{ ...later, status: 'running' }])).toContain('under way')
    expect(refusal(WHOLE, [{ ...later, new_branch: 'next' }])).toBeNull()
    expect(refusal(WHOLE, [{ ...later, workspace_id: 8 }])).toBeNull()
  })

  it('restores of different tables do not stand in each other’s way; case does not matter', () => {
    const of = (...tables: string[]): RestoreFacts => ({ ...WHOLE, id: 2, scope: { tables, rows: 'replace' } })
    const orders = { ...of('Orders'), id: 1 }
    expect(refusal(orders, [of('users')])).toBeNull()
    expect(refusal(orders, [of('users', 'orders')])).toBe('Restore 2 of the same tables came later. Undo that first.')
    expect(refusal(WHOLE, [of('users')])).toContain('Restore 2')
  })

  it('restores of different parts do not stand in each other’s way either; of the same, the later one is named', () => {
    const of = (scope: Partial<RestoreScope>): RestoreFacts => ({
      ...WHOLE,
      id: 2,
      scope: { rows: 'replace', ...scope },
    })
    const parts: Partial<RestoreScope>[] = [
      { tables: ['total'] },
      { apiGroups: ['total'] },
      { constructs: [{ kind: 'function', name: 'total' }] },
      { constructs: [{ kind: 'task', name: 'total' }] },
      { files: ['total'] },
    ]
    for (const [at, one] of parts.entries()) {
      for (const [other, two] of parts.entries()) {
        const found = refusal({ ...of(one), id: 1 }, [of(two)])
        if (at === other) expect(found).toContain('Restore 2')
        else expect(found).toBeNull()
      }
    }
    expect(refusal({ ...of({ files: 'all' }), id: 1 }, [of({ files: ['x'] })])).toBe(
      'Restore 2 of a part of the same came later. Undo that first.',
    )
  })

  it('an undo takes a restore out of effect, and the undo of an undo brings it back', () => {
    const undo = { ...WHOLE, id: 2, undo_of: 1 }
    const again = { ...WHOLE, id: 3, undo_of: 2 }
    const state = (restore: RestoreFacts, related: RestoreFacts[]) =>
      undoState({ restore, related, safetyStatus: 'succeeded' })
    expect(state(WHOLE, [WHOLE, undo])).toEqual({ undoneBy: 2, refusal: 'Restore 2 took it back already.' })
    expect(state(WHOLE, [WHOLE, { ...undo, status: 'queued' }]).refusal).toContain('at the moment')
    expect(state(WHOLE, [WHOLE, { ...undo, status: 'failed' }])).toEqual({ undoneBy: null, refusal: null })
    expect(state(undo, [WHOLE, undo])).toEqual({ undoneBy: null, refusal: null })
    expect(state(WHOLE, [WHOLE, undo, again])).toEqual({ undoneBy: null, refusal: null })
    expect(state(undo, [WHOLE, undo, again]).undoneBy).toBe(3)
  })

  it('a later restore that was undone is not in the way', () => {
    const later = { ...WHOLE, id: 2 }
    const undo = { ...WHOLE, id: 3, undo_of: 2 }
    expect(refusal(WHOLE, [later, undo])).toBeNull()
    expect(refusal(WHOLE, [later, undo, { ...WHOLE, id: 4, undo_of: 3 }])).toContain('Restore 2')
  })
})
