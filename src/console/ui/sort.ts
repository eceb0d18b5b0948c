/** Which column a list is sorted by, and which way. */
export interface Sort {
  id: string
  direction: 'asc' | 'desc'
}

export const ariaSortWords = { asc: 'ascending', desc: 'descending' } as const
