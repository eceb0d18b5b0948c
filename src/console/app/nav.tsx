import {
  Archive,
  Building2,
  FolderKanban,
  KeyRound,
  LayoutDashboard,
  Network,
  RotateCcw,
  ScrollText,
  ShieldCheck,
  Table2,
  Users,
} from 'lucide-react'

import type { Session } from '#api/contract/session.ts'
import type { NavGroup } from '#console/ui/side-nav.tsx'

type Role = Session['user']['role']

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

/** What belongs to the account; who has one is for those who manage them. */
function accountGroup(role: Role | undefined): NavGroup {
  const isManager = role === 'owner' || role === 'admin'
  return {
    label: 'Account',
    items: [
      { to: '/instances', label: 'Instances', icon: <Building2 aria-hidden /> },
      { to: '/workspaces', label: 'Workspaces', icon: <FolderKanban aria-hidden /> },
      { to: '/tokens', label: 'Tokens', icon: <KeyRound aria-hidden /> },
      ...(isManager ? [{ to: '/members', label: 'Members', icon: <Users aria-hidden /> }] : []),
      { to: '/audit', label: 'Audit', icon: <ScrollText aria-hidden /> },
      { to: '/protection', label: 'Protection', icon: <ShieldCheck aria-hidden /> },
      // Backups outlive their workspace: the way back must be there without one.
      { to: '/restore', label: 'Restore', icon: <RotateCcw aria-hidden /> },
    ],
  }
}

/** The side navigation: only what there is, and what the role may see. */
export function navigationFor(workspaceId: number | undefined, role: Role | undefined): NavGroup[] {
  const account = accountGroup(role)
  return workspaceId === undefined ? [account] : [workspaceGroup(workspaceId), account]
}
