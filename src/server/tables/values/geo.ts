import type { ColumnType } from '#api/contract/columns.ts'

import { BadValue } from './bad-value.ts'
import { isPlainObject } from './json.ts'

/** How deep `data` nests lists around its points, and how many points an innermost list needs. */
const SHAPES: Partial<Record<ColumnType, { depth: number; points: number }>> = {
  geo_point: { depth: 0, points: 1 },
  geo_multipoint: { depth: 1, points: 1 },
  geo_linestring: { depth: 1, points: 2 },
  geo_multilinestring: { depth: 2, points: 2 },
  geo_polygon: { depth: 2, points: 4 },
  geo_multipolygon: { depth: 3, points: 4 },
}

/** `{"type": "point", "data": {"lng": 13.4, "lat": 52.5}}` and its relatives. */
export function toGeo(value: unknown, type: ColumnType): unknown {
  const kind = type.slice('geo_'.length)
  const shape = SHAPES[type] ?? { depth: 0, points: 1 }
  if (!isPlainObject(value) || value['type'] !== kind) throw new BadValue(`must be {"type": "${kind}", "data": …}`)
  const extra = Object.keys(value).find((key) => key !== 'type' && key !== 'data')
  if (extra !== undefined) throw new BadValue('is not known', [extra])
  try {
    return { type: kind, data: toPoints(value['data'], shape.depth, shape.points) }
  } catch (error) {
    throw error instanceof BadValue ? error.inside('data') : error
  }
}

function toPoints(value: unknown, depth: number, points: number): unknown {
  if (depth === 0) return toPoint(value)
  if (!Array.isArray(value)) throw new BadValue(depth === 1 ? 'must be a list of points' : 'must be a list of lists')
  const least = depth === 1 ? points : 1
  if (value.length < least) throw new BadValue(`needs at least ${least} ${depth === 1 ? 'points' : 'entries'}`)
  return value.map((item: unknown, at) => {
    try {
      return toPoints(item, depth - 1, points)
    } catch (error) {
      throw error instanceof BadValue ? error.inside(at) : error
    }
  })
}

function toPoint(value: unknown): { lng: number; lat: number } {
  if (!isPlainObject(value)) throw new BadValue('must be {"lng": …, "lat": …}')
  return { lng: degrees(value['lng'], 'lng', 180), lat: degrees(value['lat'], 'lat', 90) }
}

function degrees(value: unknown, key: string, limit: number): number {
  if (typeof value !== 'number' || !(Math.abs(value) <= limit)) {
    throw new BadValue(`must be a number between -${limit} and ${limit}`, [key])
  }
  return value
}
