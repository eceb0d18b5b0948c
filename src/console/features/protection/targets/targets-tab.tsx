import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import {
  createTarget,
  deleteTarget,
  listTargets,
  testTarget,
  updateTarget,
  type Target,
} from '#api/contract/targets.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { targets } from '#console/data/targets.ts'
import { useTold } from '#console/data/use-told.ts'
import { NeedsNote, NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { toldByName } from '../told-by-name.ts'
import { DeleteTargetDialog } from './delete-target-dialog.tsx'
import { targetColumns } from './target-columns.tsx'
import { TargetDialog } from './target-dialog.tsx'
import { testWords } from './target-words.ts'

type Open = { kind: 'add' } | { kind: 'edit' | 'delete'; target: Target }

/** Where archives lie. */
export function TargetsTab() {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const toast = useToast()
  return (
    <div className="flex flex-col gap-4">
      <TargetList onOpen={setOpen} />
      {(open?.kind === 'add' || open?.kind === 'edit') && (
        <TargetDialog
          target={open.kind === 'edit' ? open.target : undefined}
          onClose={close}
          onSaved={({ name }) => {
            toast.success(`Target ${name} saved`)
            close()
          }}
        />
      )}
      {open?.kind === 'delete' && <DeleteTargetDialog target={open.target} onClose={close} />}
    </div>
  )
}

function TargetList({ onOpen }: { onOpen: (open: Open) => void }) {
  const list = useQuery(targets.list())
  const test = useTest()
  const may = useMay()
  const canEdit = may(updateTarget, 'beyond')
  const canTest = may(testTarget, 'beyond')
  const canDelete = may(deleteTarget, 'beyond')
  const columns = targetColumns({
    onEdit: canEdit ? (target) => onOpen({ kind: 'edit', target }) : undefined,
    onDelete: canDelete ? (target) => onOpen({ kind: 'delete', target }) : undefined,
    onTest: canTest ? test : undefined,
  })
  if (!may(listTargets, 'beyond')) return <NoAccess endpoint={listTargets} where="beyond" />
  const canAdd = may(createTarget, 'beyond')
  const add = canAdd && (
    <Button variant="primary" onClick={() => onOpen({ kind: 'add' })}>
      Add a target
    </Button>
  )
  const head = canAdd ? (
    <div className="flex justify-end">{add}</div>
  ) : (
    <p className="text-sm text-muted">
      You cannot add, change or test targets. <NeedsNote endpoint={createTarget} where="beyond" />
    </p>
  )
  if (list.isPending) {
    return (
      <>
        {head}
        <DataTableSkeleton columns={columns} label="Loading targets" />
      </>
    )
  }
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the targets')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const isAlone = list.data.every(({ id }) => id === null)
  return (
    <>
      {!(isAlone && canAdd) && head}
      {isAlone && (
        <Callout tone="warning" title="All archives lie on this server" action={add}>
          Whatever takes the server takes them along. Add a store elsewhere and let a schedule write there.
        </Callout>
      )}
      <DataTable label="Targets" rows={list.data} columns={columns} rowKey={({ id }) => String(id)} />
      <ListFoot noun="target" shown={list.data.length} />
    </>
  )
}

/** Tests a saved target and says how it went, of each one that was asked for. */
function useTest(): (target: Target) => void {
  const { run } = useTold(targets.test(), 'The target was not tested', { describe: toldByName })
  const toast = useToast()
  return ({ id, name }) => {
    if (id === null) return
    run(id, {
      onSuccess: (result) => {
        const text = `${name} ${testWords(result)}`
        if (result.ok) toast.success(text)
        else toast.danger(text, { description: result.steps.find(({ ok }) => !ok)?.message ?? '' })
      },
      onError: (error) => {
        const { title, cause } = describeFailure(error, `${name} could not be tested`)
        toast.danger(title, { description: cause })
      },
    })
  }
}
