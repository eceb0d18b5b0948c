import { Ellipsis, Sparkles } from 'lucide-react'

import { Button } from '#console/ui/button.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'

interface WorkspacesToolbarProps {
  onLoadSample: () => void
  isLoadingSample: boolean
  onCreate: () => void
}

/** What makes another workspace. */
export function WorkspacesToolbar({ onLoadSample, isLoadingSample, onCreate }: WorkspacesToolbarProps) {
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More actions" variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Sparkles aria-hidden />} onSelect={onLoadSample} disabled={isLoadingSample}>
          Load the sample workspace
        </MenuItem>
      </Menu>
      <Button variant="primary" onClick={onCreate}>
        Create a workspace
      </Button>
    </>
  )
}
