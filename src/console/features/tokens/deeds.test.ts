import { describe, expect, it } from 'vitest'

import { SCOPE_DANGERS } from '#api/contract/scope-dangers.ts'
import { ALL_SCOPES, type Scopes, SCOPES, scopeWord } from '#api/contract/scopes.ts'
import { blastRadius } from '#console/scopes/blast-radius.ts'
import { PRESETS } from '#console/scopes/presets.ts'

import { deedSentence, deedsOf, worstDeed } from './deeds.ts'
import { addressWords, grantedReach, reachWords } from './reach-words.ts'
import { tokenWith } from './token-fixture.ts'

const sentence = (scopes: Scopes): string => deedSentence(deedsOf(scopes))

describe('what a token can do at worst', () => {
  it('goes by the marks of the form: every cell marked there is dangerous here, and no other', () => {
    const marked = SCOPES.flatMap((info) =>
      info.letters
        .filter((letter) => blastRadius(info, letter) !== undefined)
        .map((letter) => `${info.name}:${scopeWord(letter)}`),
    )
    // Live Data Source does nothing but with the same letter of Content, which is dangerous itself.
    const ownMarks = marked.filter((key) => !key.startsWith('workspace:livedatasource'))
    expect(ownMarks.toSorted()).toEqual(Object.keys(SCOPE_DANGERS).toSorted())
  })

  it('does not call harmless what reads alone but exports everything', () => {
    expect([sentence(PRESETS.backup.scopes), deedsOf(PRESETS.backup.scopes).kind]).toEqual([
      'Exports everything',
      'grave',
    ])
    expect(worstDeed(deedsOf({ 'instance:workspace': 'r', 'workspace:content': 'crud' }))).toEqual({
      words: 'Exports everything',
      more: 2,
    })
    expect(sentence(ALL_SCOPES)).toBe('Does everything')
  })

  it('names the worst first', () => {
    expect(sentence({ 'workspace:content': 'ud', 'workspace:database': 'd' })).toBe(
      'Drops tables, deletes rows, rewrites rows',
    )
    expect(deedsOf({ 'workspace:content': 'u' }).kind).toBe('notable')
  })

  it('tells a writer from a reader where nothing is dangerous', () => {
    expect(sentence({ 'workspace:content': 'cr', 'workspace:api': 'crud' })).toBe('Writes rows, APIs')
    expect(sentence({ 'workspace:content': 'r', 'workspace:log': 'r' })).toBe('Reads rows, the log')
    expect([sentence({}), sentence({ 'workspace:livedatasource': 'crud' })]).toEqual(['Does nothing', 'Does nothing'])
  })
})

describe('where a token reaches', () => {
  const names = new Map([
    [1, 'Shop'],
    [2, 'Blog'],
  ])

  it('is told in words', () => {
    const words = (workspaces: 'all' | number[]) => reachWords(tokenWith(1, { workspaces }), names)
    expect([words('all'), words([1]), words([1, 2]), words([2, 1, 9]), words([7])]).toEqual([
      'All',
      'Shop',
      'Shop, Blog',
      'Blog and 2 more',
      'workspace 7',
    ])
  })

  it('is where it reaches now, with what it was granted beside it', () => {
    const cut = (workspaces: 'all' | number[], effectiveWorkspaces: 'all' | number[]) => {
      const token = tokenWith(1, { workspaces, effectiveWorkspaces })
      return [reachWords(token, names), grantedReach(token)]
    }
    expect(cut('all', 'all')).toEqual(['All', undefined])
    expect(cut('all', [2])).toEqual(['Blog', 'not all'])
    expect(cut([1, 2, 9], [1])).toEqual(['Shop', 'of 3'])
    expect(cut([1, 2, 9], [])).toEqual(['None', 'of 3'])
    // Three letters, three ids.
    expect(cut('all', [1, 2, 9])).toEqual(['Shop and 2 more', 'not all'])
  })

  it('says that only some addresses are let in', () => {
    expect(addressWords(tokenWith(1))).toBeUndefined()
    expect(addressWords(tokenWith(1, { allowedIps: ['10.0.0.0/8'] }))).toBe('from 1 address')
  })
})
