import { expect, it } from 'vitest'

import { matchesQuery } from '#console/ui/choice-list.tsx'

import { offsetOf, timeZoneOptions } from './time-zones.ts'

const winter = new Date('2026-01-15T12:00:00Z')
const summer = new Date('2026-07-15T12:00:00Z')

it('lists the wanted zones first and each only once', () => {
  const zones = timeZoneOptions(['Europe/Berlin', 'Asia/Old_Name'])
  expect(zones.slice(0, 3).map(({ value }) => value)).toEqual(['Europe/Berlin', 'Asia/Old_Name', 'UTC'])
  expect(new Set(zones.map(({ value }) => value)).size).toBe(zones.length)
  expect(zones.length).toBeGreaterThan(300)
})

it('finds a zone by the words of its city', () => {
  const found = timeZoneOptions([]).filter((zone) => matchesQuery(zone, 'new york'))
  expect(found.map(({ value }) => value)).toEqual(['America/New_York'])
})

it('says the offset of the moment', () => {
  expect(offsetOf('Europe/Berlin', winter)).toBe('UTC+01:00')
  expect(offsetOf('Europe/Berlin', summer)).toBe('UTC+02:00')
  expect(offsetOf('UTC', winter)).toBe('UTC+00:00')
  expect(offsetOf('Nowhere/At_all', winter)).toBe('')
})
