import { expect, it } from 'vitest'

import { constructLines, draftLines, fileLines, logicItems, logicLosses } from './preview-logic-words.ts'

const constructs = (inArchive: number | null, now: number, draftsNow = 0, inRemovedGroups = 0) => ({
  inArchive,
  now,
  draftsNow,
  inRemovedGroups,
})
const files = (inArchive: number | null, now: number) => ({ inArchive, now })

it.each([
  [4, 5, '5 constructs (endpoints, functions, tasks, triggers and the like) are replaced by the 4 of the archive'],
  [
    0,
    5,
    '5 constructs (endpoints, functions, tasks, triggers and the like) are removed: there were none when the archive was made',
  ],
  [4, 1, '1 construct (endpoint, function, task, trigger or the like) is replaced by the 4 of the archive'],
  [
    0,
    1,
    '1 construct (endpoint, function, task, trigger or the like) is removed: there were none when the archive was made',
  ],
  [4, 0, undefined],
  [0, 0, undefined],
  [null, 0, undefined],
  [null, 5, undefined],
])('constructs: %s in the archive, %i now', (inArchive, now, line) => {
  expect(constructLines(constructs(inArchive, now))).toEqual(line === undefined ? [] : [line])
  expect(logicLosses({ constructs: constructs(inArchive, now), files: files(null, 1) })).toEqual(
    line === undefined ? [] : [line.split(' (')[0]],
  )
})

it.each([
  [3, '3 endpoints are removed with their API groups', '3 endpoints'],
  [1, '1 endpoint is removed with its API group', '1 endpoint'],
])('an archive that knew no constructs takes %i endpoints with their groups', (count, line, sum) => {
  const those = constructs(null, 5, 2, count)
  expect(constructLines(those)).toEqual([line])
  expect(logicLosses({ constructs: those, files: files(null, 0) })).toEqual([sum])
})

it('drafts are lost with the constructs of the branch, and stay where those stay', () => {
  const words = 'removed: an archive holds only what is published'
  expect(draftLines(constructs(4, 5, 2))).toEqual([`2 drafts of constructs are ${words}`])
  expect(draftLines(constructs(0, 5, 1))).toEqual([`1 draft of a construct is ${words}`])
  expect(draftLines(constructs(4, 5, 0))).toEqual([])
  expect(draftLines(constructs(null, 5, 2))).toEqual([])
})

it.each([
  [5, 7, '7 stored files are replaced by the 5 of the archive', '7 stored files'],
  [5, 1, '1 stored file is replaced by the 5 of the archive', '1 stored file'],
  [0, 7, '7 stored files are removed: there were none when the archive was made', '7 stored files'],
  [5, 0, undefined, undefined],
  [0, 0, undefined, undefined],
  [null, 7, undefined, undefined],
  [null, 0, undefined, undefined],
])('stored files: %s in the archive, %i now', (inArchive, now, line, sum) => {
  expect(fileLines(files(inArchive, now))).toEqual(line === undefined ? [] : [line])
  expect(logicLosses({ constructs: constructs(0, 0), files: files(inArchive, now) })).toEqual(
    sum === undefined ? [] : [sum],
  )
})

it('both sides stand beside each other, and what the archive does not speak of stays', () => {
  const valuesOf = (...logic: [ReturnType<typeof constructs>, ReturnType<typeof files>]) =>
    logicItems({ constructs: logic[0], files: logic[1] }).map(({ label, value }) => `${label}: ${value}`)
  expect(valuesOf(constructs(4, 5, 2), files(5, 0))).toEqual([
    'Constructs: 5 now, 4 in the archive',
    'Drafts: 2 now, none in the archive',
    'Stored files: 0 now, 5 in the archive',
  ])
  expect(valuesOf(constructs(0, 5), files(null, 7))).toEqual([
    'Constructs: 5 now, none in the archive',
    'Stored files: 7 now, kept: the archive was made without them',
  ])
  expect(valuesOf(constructs(null, 5, 2), files(null, 0))).toEqual([
    'Constructs: 5 now, kept: the archive was made without them',
  ])
  expect(valuesOf(constructs(null, 5, 2, 3), files(0, 0))).toEqual([
    'Constructs: 5 now, 2 of them kept: the archive was made without them',
  ])
  expect(valuesOf(constructs(null, 3, 0, 3), files(0, 0))).toEqual(['Constructs: 3 now, removed with their API groups'])
  expect(valuesOf(constructs(0, 0), files(null, 0))).toEqual([])
  expect(valuesOf(constructs(null, 0), files(0, 0))).toEqual([])
})
