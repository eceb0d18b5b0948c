import {
  Archive,
  Building2,
  FolderKanban,
  KeyRound,
  LayoutDashboard,
  Network,
  RotateCcw,
  ShieldCheck,
  Table2,
} from 'lucide-react'

import type { NavGroup } from '#console/ui/side-nav.tsx'

/** What belongs to the chosen workspace; nothing while none is. */
function workspaceGroup(workspaceId: number): NavGroup {
  const base = `/w/${workspaceId}`
  return {
    label: 'Workspace',
    items: [
      { to: base, label: 'Overview', icon: <LayoutDashboard aria-hidden />, end: true },
      { to: `${base}/tables`, label: 'Tables', icon: <Table2 aria-hidden /> },
      { to: `${base}/api-groups`, label: 'API groups', icon: <Network aria-hidden /> },
      { to: `${base}/backups`, label: 'Backups', icon: <Archive aria-hidden /> },
    ],
  }
}

const accountGroup: NavGroup = {
  label: 'Account',
  items: [
    { to: '/instances', label: 'Instances', icon: <Building2 aria-hidden /> },
    { to: '/workspaces', label: 'Workspaces', icon: <FolderKanban aria-hidden /> },
    { to: '/tokens', label: 'Tokens', icon: <KeyRound aria-hidden /> },
    { to: '/protection', label: 'Protection', icon: <ShieldCheck aria-hidden /> },
    // Backups outlive their workspace: the way back must be there without one.
    { to: '/restore', label: 'Restore', icon: <RotateCcw aria-hidden /> },
  ],
}

/** The side navigation: only what there is. */
export function navigationFor(workspaceId: number | undefined): NavGroup[] {
  return workspaceId === undefined ? [accountGroup] : [workspaceGroup(workspaceId), accountGroup]
}
