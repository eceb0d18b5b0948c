import { z } from 'zod'

import { Empty, endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { MetaTime } from './names.ts'
import { ListQuery, PageQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

/** Largest stored file in bytes (1 GB). */
export const FILE_MAX_BYTES = 1_000_000_000

/** Files that one request deletes at most. */
const BULK_MAX = 10_000

/** The kinds that an upload may ask for; everything else is an `attachment`. */
export const MediaKind = z.enum(['image', 'video', 'audio'])
export type MediaKind = z.infer<typeof MediaKind>

export const FileKind = z.enum([...MediaKind.options, 'attachment'])
export const FileAccess = z.enum(['public', 'private'])

/** A stored file. Sizes are bytes. */
export const File = z.object({
  id: z.number().int(),
  created_at: MetaTime.optional(),
  name: z.string(),
  size: z.number().int().optional(),
  type: FileKind.optional(),
  /** What the content is; what the sender called it where the content does not tell. */
  mime: z.string().optional(),
  access: FileAccess.optional(),
  /** `/vault/<24 random characters>/<name fit for an address>`, served by the instance itself. */
  path: z.string(),
  /** Full address. That of a private file is signed and good for 15 minutes. Not in the documentation. */
  url: z.string().optional(),
  /** `width` and `height` of an image in pixels, where its header tells them. Not in the documentation. */
  meta: z.object({ width: z.number().int().optional(), height: z.number().int().optional() }).optional(),
})
export type File = z.infer<typeof File>

/** Fields beside the file part. A `type` that content and content type do not fit is refused. */
export const UploadFields = z.strictObject({
  type: MediaKind.optional(),
  access: FileAccess.default('public'),
})
export type UploadFields = z.infer<typeof UploadFields>

/** `search` is looked for in names. Files never change: sorting by `updated_at` is sorting by `created_at`. */
export const ListFiles = PageQuery.extend({
  search: ListQuery.shape.search,
  type: FileKind.optional(),
  access: FileAccess.optional(),
  sort: ListQuery.shape.sort,
  order: ListQuery.shape.order,
})
export type ListFiles = z.infer<typeof ListFiles>

export const listFiles = endpoint({
  id: 'fileList',
  summary: 'List stored files',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/file',
  scope: 'workspace:file:read',
  params: WorkspaceParams,
  query: ListFiles,
  reply: pageSimple(File),
})

/** The file travels in the part `content`; `file`, as other documentation calls it, is taken too. */
export const uploadFile = endpoint({
  id: 'fileUpload',
  summary: 'Upload one file',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/file',
  scope: 'workspace:file:create',
  changes: ['files'],
  params: WorkspaceParams,
  body: UploadFields,
  bodyKind: 'form',
  filePart: 'content',
  bodyLimitBytes: FILE_MAX_BYTES,
  reply: File,
})

/** All or nothing: an unknown id deletes none. */
export const bulkDeleteFiles = endpoint({
  id: 'fileBulkDelete',
  summary: 'Delete several files',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/file/bulk_delete',
  scope: 'workspace:file:delete',
  changes: ['files'],
  params: WorkspaceParams,
  body: z.strictObject({ ids: list(z.number().int()).max(BULK_MAX) }),
  reply: Empty,
})

export const deleteFile = endpoint({
  id: 'fileDelete',
  summary: 'Delete one file',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/file/{file_id}',
  scope: 'workspace:file:delete',
  changes: ['files'],
  params: WorkspaceParams.extend({ file_id: IdParam }),
  reply: Empty,
})
