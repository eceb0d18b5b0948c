import type { RestorePreview } from '#api/contract/restores.ts'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'

/** What happens to the API groups; nothing when there is none on either side. */
export function PreviewGroups({ groups }: { groups: RestorePreview['apiGroups'] }) {
  const items = [
    { label: '− removed', value: groups.removed },
    { label: '~ replaced', value: groups.replaced },
    { label: '+ added', value: groups.added },
  ].filter(({ value }) => value.length > 0)
  if (items.length === 0) return null
  return (
    <Panel title="API groups">
      <DescriptionList items={items.map(({ label, value }) => ({ label, value: value.join(', ') }))} />
    </Panel>
  )
}
