import type { ContentFilter, ContentRef } from '#console/data/content.ts'

/** The smallest page of rows: asked for the total that comes with it. */
export const countOnly = ({ workspaceId, tableId }: ContentRef): ContentFilter => ({
  workspaceId,
  tableId,
  page: 1,
  per_page: 1,
})
