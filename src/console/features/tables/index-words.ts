import type { Index } from '#api/contract/columns.ts'

export const KIND_WORDS: Record<Index['type'], string> = {
  primary: 'Primary key',
  btree: 'B-tree',
  unique: 'Unique',
  gin: 'GIN',
  search: 'Full-text search',
  spatial: 'Spatial',
  vector: 'Vector',
}

function fieldText({ name, op }: Index['fields'][number]): string {
  return op === undefined || op === '' || op === 'asc' ? name : `${name} ${op}`
}

/** `email, created_at desc` */
export const indexText = ({ fields }: Pick<Index, 'fields'>): string => fields.map(fieldText).join(', ')
