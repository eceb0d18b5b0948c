import type { DefinitionDiff } from '#api/contract/diffs.ts'

export const lookOfTable = (table: string): string => `table:${table}`
export const lookOfDefinition = ({ kind, name }: Pick<DefinitionDiff, 'kind' | 'name'>): string =>
  `definition:${kind}:${name}`
export const LOOK_OF_FILES = 'files'

const KINDS: Record<string, string> = {
  api_group: 'API group',
  query: 'Endpoint',
  api: 'Endpoint',
  data_source: 'Data source',
  workspace: 'Settings of workspace',
  branch: 'Settings of branch',
}

/** `Function`, `API group`, `Table trigger`. */
export function kindWords(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return KINDS[kind] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
