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

import { listApiGroups } from '#api/contract/api-groups.ts'
import { listBackups } from '#api/contract/backups.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import { listMembers } from '#api/contract/members.ts'
import { listProtection } from '#api/contract/protection.ts'
import { createRestore } from '#api/contract/restores.ts'
import { listTables } from '#api/contract/tables.ts'
import type { NavGroup } from '#console/ui/side-nav.tsx'

type NavItems = NavGroup['items']
type May = (endpoint: Endpoint) => boolean

const only = (isShown: boolean, item: NavItems[number]): NavItems => (isShown ? [item] : [])

/** What belongs to the chosen workspace; nothing while none is. */
function workspaceGroup(workspaceId: number, may: May): NavGroup {
  const base = `/w/${workspaceId}`
  return {
    label: 'Workspace',
    items: [
      { to: base, label: 'Overview', icon: <LayoutDashboard aria-hidden />, end: true },
      ...only(may(listTables), { to: `${base}/tables`, label: 'Tables', icon: <Table2 aria-hidden /> }),
      ...only(may(listApiGroups), { to: `${base}/api-groups`, label: 'API groups', icon: <Network aria-hidden /> }),
      ...only(may(listBackups), { to: `${base}/backups`, label: 'Backups', icon: <Archive aria-hidden /> }),
    ],
  }
}

/** What belongs to the account; who has one is for those who manage them. */
function accountGroup(may: May): NavGroup {
  return {
    label: 'Account',
    items: [
      { to: '/instances', label: 'Instances', icon: <Building2 aria-hidden /> },
      { to: '/workspaces', label: 'Workspaces', icon: <FolderKanban aria-hidden /> },
      { to: '/tokens', label: 'Tokens', icon: <KeyRound aria-hidden /> },
      ...only(may(listMembers), { to: '/members', label: 'Members', icon: <Users aria-hidden /> }),
      { to: '/audit', label: 'Audit', icon: <ScrollText aria-hidden /> },
      ...only(may(listProtection), { to: '/protection', label: 'Protection', icon: <ShieldCheck aria-hidden /> }),
      // Backups outlive their workspace: the way back must be there without one.
      ...only(may(createRestore), { to: '/restore', label: 'Restore', icon: <RotateCcw aria-hidden /> }),
    ],
  }
}

/** The side navigation: only what there is, and what whoever is signed in may see. */
export function navigationFor(workspaceId: number | undefined, may: May): NavGroup[] {
  const account = accountGroup(may)
  return workspaceId === undefined ? [account] : [workspaceGroup(workspaceId, may), account]
}
