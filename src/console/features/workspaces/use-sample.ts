import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'

import { workspaces } from '#console/data/workspaces.ts'
import { formatCount } from '#console/lib/format.ts'
import { useToast } from '#console/ui/toast.tsx'

/** Makes the sample workspace and goes there when it is whole. */
export function useSample() {
  const create = useMutation(workspaces.createSample())
  const navigate = useNavigate()
  const toast = useToast()

  function load() {
    create.mutate(undefined, {
      onSuccess: ({ workspaceId, tables, rows }) => {
        toast.success('Sample workspace ready', {
          description: `${formatCount(tables, 'table')} with ${formatCount(rows, 'row')}.`,
        })
        void navigate(`/w/${workspaceId}`)
      },
    })
  }

  // Not over before the new workspace opens: its page takes this one's place.
  return { load, isPending: create.isPending || create.isSuccess, error: create.error }
}
