import { z } from 'zod'

import { Column, ColumnFilters, ColumnFormat, columnSettings, TableRefId, VectorSettings } from './columns.ts'
import { endpoint } from './endpoint.ts'
import { list } from './list.ts'
import { ColumnName, TableParams } from './tables.ts'

/** One route per type, each with the keys that its type has; unknown ones are refused. */
function addColumnOf<Body extends z.ZodType>(type: string, body: Body) {
  return endpoint({
    id: `schemaAdd_${type}`,
    summary: `Add a column of the type ${type}`,
    method: 'POST',
    path: `/api:meta/workspace/{workspace_id}/table/{table_id}/schema/type/${type}`,
    scope: 'workspace:database:create',
    changes: ['tables'],
    params: TableParams,
    body,
    reply: ColumnName,
  })
}

const settings = columnSettings
const Plain = z.strictObject(settings)
const WithTextDefault = z.strictObject({ ...settings, default: z.string().optional() })
const Reference = z.strictObject({ ...settings, tableref_id: TableRefId })
const Bounds = ColumnFilters.pick({ min: true, max: true }).nullish()

const TextFilters = ColumnFilters.pick({
  trim: true,
  min: true,
  max: true,
  lower: true,
  upper: true,
  startsWith: true,
  alphaOk: true,
  digitOk: true,
  pattern: true,
  ok: true,
}).nullish()

const PasswordFilters = ColumnFilters.pick({
  salt: true,
  min: true,
  max: true,
  minAlpha: true,
  minLowerAlpha: true,
  minUpperAlpha: true,
  minDigit: true,
  minSymbol: true,
}).nullish()

/**
 * The routes that add a column of one type, by the last word of their path. `tableref` and `tablerefuuid` are `int`
 * and `uuid` columns that refer to the rows of a table. Bodies as in the OpenAPI file (`Body_schemaAdd_…`).
 */
export const ADD_COLUMN = {
  text: addColumnOf(
    'text',
    z.strictObject({
      ...settings,
      default: z.string().optional(),
      format: ColumnFormat.optional(),
      filters: TextFilters,
    }),
  ),
  password: addColumnOf('password', z.strictObject({ ...settings, filters: PasswordFilters })),
  decimal: addColumnOf('decimal', z.strictObject({ ...settings, default: z.number().optional(), filters: Bounds })),
  bool: addColumnOf('bool', z.strictObject({ ...settings, default: z.boolean().optional() })),
  image: addColumnOf('image', Plain),
  vector: addColumnOf(
    'vector',
    z.strictObject({ ...settings, default: z.string().optional(), vector: VectorSettings, filters: Bounds }),
  ),
  object: addColumnOf('object', z.strictObject({ ...settings, children: list(Column).optional() })),
  tablerefuuid: addColumnOf('tablerefuuid', Reference),
  int: addColumnOf('int', z.strictObject({ ...settings, default: z.number().int().optional(), filters: Bounds })),
  tableref: addColumnOf('tableref', Reference),
  enum: addColumnOf(
    'enum',
    z.strictObject({ ...settings, default: z.string().optional(), values: list(z.string()).optional() }),
  ),
  email: addColumnOf(
    'email',
    z.strictObject({
      ...settings,
      default: z.string().optional(),
      filters: ColumnFilters.pick({ trim: true, lower: true }).nullish(),
    }),
  ),
  timestamp: addColumnOf('timestamp', WithTextDefault),
  date: addColumnOf('date', WithTextDefault),
  json: addColumnOf('json', z.strictObject({ ...settings, default: z.unknown().optional() })),
  uuid: addColumnOf('uuid', WithTextDefault),
  attachment: addColumnOf('attachment', Plain),
  audio: addColumnOf('audio', Plain),
  video: addColumnOf('video', Plain),
  geo_point: addColumnOf('geo_point', Plain),
  geo_multipoint: addColumnOf('geo_multipoint', Plain),
  geo_linestring: addColumnOf('geo_linestring', Plain),
  geo_multilinestring: addColumnOf('geo_multilinestring', Plain),
  geo_polygon: addColumnOf('geo_polygon', Plain),
  geo_multipolygon: addColumnOf('geo_multipolygon', Plain),
}

export type AddedColumnType = keyof typeof ADD_COLUMN
