import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useLocation, useNavigate } from 'react-router'

import type { Workspace } from '#api/contract/workspaces.ts'
import { environmentOf, instances } from '#console/data/instances.ts'
import { Badge } from '#console/ui/badge.tsx'
import { EnvBadge } from '#console/ui/env-badge.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { CrumbSwitcher } from './crumb-switcher.tsx'
import { useCurrentWorkspace } from './use-current-workspace.ts'

export type OpenSwitcher = 'instance' | 'workspace' | null

interface BreadcrumbsProps {
  open: OpenSwitcher
  onOpenChange: (open: OpenSwitcher) => void
}

/** Where one is: instance, workspace, branch. The first two open the list of where else one could be. */
export function Breadcrumbs({ open, onOpenChange }: BreadcrumbsProps) {
  const { current } = useCurrentWorkspace()
  return (
    <nav aria-label="Where you are" className="flex min-w-0 items-center gap-1">
      <InstanceSwitcher
        open={open === 'instance'}
        onOpenChange={(isOpen) => onOpenChange(isOpen ? 'instance' : null)}
      />
      <Divider />
      <WorkspaceSwitcher
        open={open === 'workspace'}
        onOpenChange={(isOpen) => onOpenChange(isOpen ? 'workspace' : null)}
      />
      {current && <BranchMark workspace={current} />}
    </nav>
  )
}

interface SwitcherStateProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

function InstanceSwitcher({ open, onOpenChange }: SwitcherStateProps) {
  const navigate = useNavigate()
  const list = useQuery(instances.list())
  const [builtIn] = list.data ?? []
  const environment = builtIn && environmentOf(builtIn)
  const options = (list.data ?? []).map((instance) => ({
    value: instance.name,
    label: instance.display,
    description: instance.meta_api,
  }))
  return (
    <>
      <CrumbSwitcher
        label="Instance"
        options={options}
        value={builtIn?.name ?? null}
        placeholder="Instance"
        open={open}
        onOpenChange={onOpenChange}
        onValueChange={() => navigate('/workspaces')}
        className="max-sm:hidden"
        footer={<SwitcherLink to="/instances" label="All instances" onNavigate={() => onOpenChange(false)} />}
      />
      {environment && <EnvBadge environment={environment} />}
    </>
  )
}

/** The same part of another workspace: from the tables of one to the tables of the other. */
function pathInWorkspace(pathname: string, id: string): string {
  const part = /^\/w\/\d+\/(tables|api-groups|backups)/.exec(pathname)?.[1]
  return part === undefined ? `/w/${id}` : `/w/${id}/${part}`
}

function WorkspaceSwitcher({ open, onOpenChange }: SwitcherStateProps) {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { all, current, isPending } = useCurrentWorkspace()
  const options = all
    .map((workspace) => ({ value: String(workspace.id), label: workspace.name, keywords: String(workspace.id) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <CrumbSwitcher
      label="Workspace"
      options={options}
      value={current ? String(current.id) : null}
      placeholder={isPending ? '…' : 'Choose a workspace'}
      open={open}
      onOpenChange={onOpenChange}
      onValueChange={(id) => navigate(pathInWorkspace(pathname, id))}
      emptyText={all.length === 0 ? 'No workspaces yet.' : 'Nothing matches.'}
      footer={<SwitcherLink to="/workspaces" label="All workspaces" onNavigate={() => onOpenChange(false)} />}
    />
  )
}

function SwitcherLink({ to, label, onNavigate }: { to: string; label: string; onNavigate: () => void }) {
  return (
    <TextLink to={to} look="quiet" onClick={onNavigate} className="block px-2 py-1 text-sm">
      {label}
    </TextLink>
  )
}

function BranchMark({ workspace }: { workspace: Workspace }) {
  if (!workspace.branch) return null
  return (
    <span className="flex shrink-0 items-center gap-1 max-lg:hidden">
      <Divider />
      <span className="max-w-40 truncate px-1.5 font-mono text-sm">{workspace.branch}</span>
      <Badge tone="success">live</Badge>
    </span>
  )
}

function Divider() {
  return <ChevronRight aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-muted max-sm:hidden" />
}
