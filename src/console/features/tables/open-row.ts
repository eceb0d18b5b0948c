import { z } from 'zod'

import type { Row } from '#api/contract/content.ts'
import type { RowId } from '#console/data/content.ts'

/** Which row the sheet shows, by its key; the text `new` stands for one in the making. */
export type OpenRow = RowId

const OpenRowText = z
  .string()
  .min(1)
  .max(100)
  .transform((text): OpenRow => (/^\d+$/.test(text) ? Number(text) : text))
  .optional()
  .catch(undefined)

export const readOpenRow = (params: URLSearchParams): OpenRow | undefined =>
  OpenRowText.parse(params.get('row') ?? undefined)

/** The same address with another row open, or none. */
export function writeOpenRow(params: URLSearchParams, row: OpenRow | undefined): URLSearchParams {
  const next = new URLSearchParams(params)
  if (row === undefined) next.delete('row')
  else next.set('row', String(row))
  return next
}

/** The key of a row that is there; nothing while it is on its way. */
export function keyOfRow(row: Row | undefined): RowId | undefined {
  const key = row?.['id']
  return typeof key === 'number' || typeof key === 'string' ? key : undefined
}
