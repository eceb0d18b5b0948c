import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { archiveFileName } from './file-name.ts'
import { FileNames, requireSafeName } from './member-name.ts'

describe('file names in an archive', () => {
  it('are safe and different for tables of any names, also where case makes no difference', () => {
    const names = fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.constantFrom('con', 'NUL', '..', '.', 'a/b', 'a-b', 'ä', 'Ä'),
      ),
      {
        selector: (name) => name.toLowerCase(),
      },
    )
    fc.assert(
      fc.property(names, (tables) => {
        const files = new FileNames()
        const given = tables.map((table) => files.nameFor(table))
        for (const name of given) requireSafeName(`definition/table/${name}.xs`)
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(tables.length)
      }),
    )
  })

  it('are the names themselves where those are plain', () => {
    const files = new FileNames()
    expect(['orders', 'Order_Items', 'a-1'].map((name) => files.nameFor(name))).toEqual([
      'orders',
      'Order_Items',
      'a-1',
    ])
    expect(files.nameFor('con')).toMatch(/^con-[0-9a-f]{8}$/)
    expect(files.nameFor('../x')).toMatch(/^x-x-[0-9a-f]{8}$/)
  })

  it('of the archive itself tell the workspace and the minute', () => {
    const at = new Date('2026-11-21T05:40:59Z')
    expect(archiveFileName('Café "Zürich" / prod', at)).toBe('Cafe-Zurich-prod-20261121-0540.xano')
    expect(archiveFileName('商店', at)).toBe('workspace-20261121-0540.xano')
  })
})
