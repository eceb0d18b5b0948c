import type { RestorePreview } from '#api/contract/restores.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { logicItems } from './preview-logic-words.ts'

/** Constructs and stored files, now and in the archive; nothing when there are none on either side. */
export function PreviewLogic({ preview }: { preview: RestorePreview }) {
  const items = logicItems(preview)
  if (items.length === 0) return null
  return (
    <Panel title="Constructs and stored files">
      <DescriptionList items={items} />
    </Panel>
  )
}
