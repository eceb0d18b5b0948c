import { COLUMNS, type World } from './world.ts'

/** What a valid call sends beside its path: a JSON body, or a document in XanoScript. */
export type Valid = { body?: Record<string, unknown>; xanoscript?: string; query?: Record<string, string> }

const order = [{ name: 'title', op: 'asc' }]
const column = (more: object = {}): Valid => ({ body: { name: 'added', ...more } })
const script = (text: string): Valid => ({ xanoscript: text })
const guid = { body: { guid: 'world-guid-1' } }

/**
 * A valid body for every core operation that takes one, by operation id; an operation that takes one and is not here
 * fails its test. Bodies are plain JSON, written by hand from the documentation's words.
 */
export const VALID: Record<string, (world: World) => Valid> = {
  workspaceCreate: () => ({ body: { name: 'Another', description: 'A second one' } }),
  workspaceUpdate: () => ({
    body: {
      name: 'World renamed',
      description: 'Changed',
      swagger: false,
      documentation: { require_token: true },
      preferences: { allow_push: false },
    },
  }),
  branchCreate: () => ({ body: { source_branch: 'v1', label: 'fresh', description: 'New', color: '#112233' } }),
  branchUpdate: () => ({ body: { label: 'renamed', description: 'Changed', color: '#445566' } }),
  datasourceCreate: () => ({ body: { label: 'staging', color: '#ebc346' } }),
  datasourceUpdate: () => ({ body: { color: '#123456' } }),
  workspaceExport: () => ({ body: { branch: '', password: '' } }),
  workspaceExportSchema: () => ({ body: { branch: '', password: '' } }),
  tableCreate: () => ({
    body: {
      name: 'others',
      description: 'Others',
      docs: '',
      auth: false,
      guid: null,
      tag: ['a'],
      schema: COLUMNS,
      index: [{ type: 'unique', fields: order }],
      autocomplete: [{ name: 'title' }],
    },
  }),
  tableUpdate: () => ({
    body: {
      name: 'things2',
      description: 'Changed',
      docs: 'Words',
      auth: true,
      guid: null,
      tag: ['b'],
      schema: COLUMNS,
      index: [],
      autocomplete: [],
    },
  }),
  tableUpdateMeta: () => ({ body: { name: 'things3', description: 'Meta', tag: ['c'], auth: true } }),
  tableUpdateAutocomplete: () => ({ body: { autocomplete: [{ name: 'title' }] } }),
  tableUpdateSecurity: () => ({ body: { guid: null } }),
  schemaReplace: () => ({ body: { schema: [...COLUMNS, { name: 'new', type: 'int', nullable: true }] } }),
  schemaAddGeneric: () => ({ body: { name: 'added', type: 'text', nullable: true, default: 'x' } }),
  schemaRename: () => ({ body: { old_name: 'spare', new_name: 'spared' } }),
  schemaAdd_vector: () => column({ vector: { size: 3 } }),
  schemaAdd_object: () => column({ children: [{ name: 'inner', type: 'text' }] }),
  schemaAdd_tableref: (world) => column({ tableref_id: world.table_id }),
  schemaAdd_tablerefuuid: (world) => column({ tableref_id: world.uuid_table_id }),
  schemaAdd_enum: () => column({ values: ['a', 'b'] }),
  indexReplace: () => ({ body: { index: [{ type: 'btree', fields: [{ name: 'stock', op: 'desc' }] }] } }),
  indexAddGeneric: () => ({ body: { type: 'btree', fields: [{ name: 'stock', op: 'asc' }] } }),
  indexAddBtree: () => ({ body: { fields: [{ name: 'stock', op: 'asc' }] } }),
  indexAddUnique: () => ({ body: { fields: order } }),
  indexAddSearch: () => ({ body: { name: 'words', lang: 'english', fields: [{ name: 'title', priority: 1 }] } }),
  indexAddSpatial: () => ({ body: { fields: [{ name: 'place', op: 'gist_geometry_ops_2d' }] } }),
  indexAddVector: () => ({ body: { fields: [{ name: 'embedding', op: 'vector_cosine_ops' }] } }),
  contentCreate: () => ({ body: { title: 'second', stock: 5, data: { a: [1] } } }),
  contentUpdate: () => ({ body: { stock: 6 } }),
  contentBulkCreate: () => ({ body: { items: [{ title: 'x' }, { title: 'y' }], allow_id_field: false } }),
  contentBulkPatch: (world) => ({ body: { items: [{ row_id: world.content_id, updates: { stock: 7 } }] } }),
  contentBulkDelete: (world) => ({ body: { row_ids: [world.content_id] } }),
  contentSearch: () => ({
    body: { page: 1, per_page: 50, sort: { stock: 'desc' }, search: [{ 'stock|>': 1 }, { title: 'first' }] },
  }),
  contentSearchPatch: () => ({ body: { search: { title: 'first' }, updates: { stock: 8 } } }),
  contentSearchDelete: () => ({ body: { search: { title: 'first' } } }),
  contentTruncate: () => ({ body: { reset: true } }),
  apigroupCreate: () => ({
    body: { branch: '', name: 'second', description: 'Words', docs: '', swagger: true, tag: ['a'] },
  }),
  apigroupUpdate: () => ({ body: { name: 'changed', description: 'Words', docs: '', swagger: false, tag: [] } }),
  apigroupUpdateSecurity: (world) => ({ body: { guid: 'world-group', canonical: `world${world.workspace_id}` } }),
  apiCreate: () => ({ body: { ...api(), cache: { active: true, ttl: 60 }, include_xanoscript: true } }),
  apiUpdate: () => ({ body: { ...api(), publish: true } }),
  apiUpdateSecurity: () => guid,
  functionCreate: () => ({ body: { branch: '', name: 'second', description: '', docs: '', tag: ['a'] } }),
  functionUpdate: () => ({ body: { name: 'changed', description: 'Words', docs: '', tag: [], publish: true } }),
  functionUpdateSecurity: () => guid,
  functionRun: () => ({ body: { name: 'world_function', input: {}, branch: '' } }),
  taskCreate: () => ({ body: { branch: '', name: 'second', description: '', datasource: 'live', active: false } }),
  taskUpdate: () => ({ body: { name: 'changed', description: 'Words', datasource: 'live', active: true } }),
  taskUpdateSecurity: () => guid,
  taskActivate: () => ({ body: { type: 'xs', active: true } }),
  addonCreate: () => ({ body: { name: 'second', description: 'Words', branch: '' } }),
  addonUpdate: () => script('addon changed {\n  input {\n  }\n\n  stack {\n  }\n}\n'),
  addonUpdateSecurity: () => guid,
  middlewareCreate: () => script('middleware second {\n  input {\n  }\n\n  stack {\n  }\n\n  response = null\n}\n'),
  middlewareUpdate: () => script('middleware changed {\n  input {\n  }\n\n  stack {\n  }\n\n  response = null\n}\n'),
  middlewareUpdateSecurity: () => guid,
  fileBulkDelete: (world) => ({ body: { ids: [world.file_id] } }),
  realtimeUpdate: () => ({
    body: {
      enabled: true,
      channels: [{ pattern: 'room/*', description: '', enabled: true, presence: true, history: 25 }],
    },
  }),
  realtimeChannelCreate: () => ({ body: { name: 'second', description: 'Words', active: true } }),
  realtimeChannelUpdate: () => ({ body: { name: 'changed', description: 'Words', active: false } }),
  auditLogSearch: () => ({ body: { page: 1, per_page: 10, include_data: true, sort: { id: 'asc' }, search: [] } }),
  workspaceAuditLogSearch: () => ({ body: { page: 1, per_page: 10, include_data: true, search: [] } }),
}

function api(): Record<string, unknown> {
  return { name: 'second', description: 'Words', docs: '', verb: 'POST', auth: null, tag: ['a'] }
}

/** The valid call of an operation; every type of column, index and history that needs nothing special is alike. */
export function validInput(operationId: string, world: World): Valid | undefined {
  const given = VALID[operationId]
  if (given !== undefined) return given(world)
  if (operationId.startsWith('schemaAdd_')) return column()
  if (operationId.endsWith('HistorySearch')) {
    return {
      body: {
        page: 1,
        per_page: 10,
        search: [{ 'duration|<|': 2 }],
        sort: { created_at: 'asc' },
        include_output: true,
      },
    }
  }
  return undefined
}
