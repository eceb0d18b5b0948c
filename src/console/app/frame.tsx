import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Outlet, ScrollRestoration, useNavigate } from 'react-router'

import { listBackups } from '#api/contract/backups.ts'
import { listTables } from '#api/contract/tables.ts'
import type { ServerEvents } from '#console/data/events.ts'
import { environmentOf, instances } from '#console/data/instances.ts'
import { useHotkeys } from '#console/lib/use-hotkeys.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { AppFrame } from '#console/ui/app-frame.tsx'
import { ConnectionMark } from '#console/ui/connection-mark.tsx'

import { AccountControl } from './account-control.tsx'
import { Brand } from './brand.tsx'
import { Breadcrumbs, type OpenSwitcher } from './breadcrumbs.tsx'
import { ExpiryNotice } from './expiry-notice.tsx'
import { navigationFor } from './nav.tsx'
import type { ShortcutKeys } from './shortcuts.ts'
import { ThemeControl } from './theme-control.tsx'
import { useCurrentWorkspace } from './use-current-workspace.ts'
import { ConnectionContext } from './use-retry-when-live.ts'
import { useServerEvents } from './use-server-events.ts'

const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }))

const POLLING_NOTE = 'No live connection; asking every few seconds instead, for long lists less often.'

/** What stands around every page of somebody signed in. */
export function Frame({ events }: { events: ServerEvents }) {
  const connection = useServerEvents(events)
  const { current } = useCurrentWorkspace()
  const instanceList = useQuery(instances.list())
  const may = useMay()
  const [openSwitcher, setOpenSwitcher] = useState<OpenSwitcher>(null)
  const [isSheetOpen, setIsSheetOpen] = useState(false)
  const navigate = useNavigate()
  const [builtIn] = instanceList.data ?? []

  function goToPart(part: 'tables' | 'backups') {
    if (!may(part === 'tables' ? listTables : listBackups)) return
    if (current) void navigate(`/w/${current.id}/${part}`)
    else setOpenSwitcher('workspace')
  }

  const effects: Record<ShortcutKeys, () => void> = {
    'g i': () => setOpenSwitcher('instance'),
    'g w': () => setOpenSwitcher('workspace'),
    'g t': () => goToPart('tables'),
    'g b': () => goToPart('backups'),
    '?': () => setIsSheetOpen(true),
  }
  useHotkeys(effects)

  return (
    <AppFrame
      brand={<Brand compact />}
      breadcrumbs={<Breadcrumbs open={openSwitcher} onOpenChange={setOpenSwitcher} />}
      tools={
        <>
          {connection !== 'connecting' && (
            <ConnectionMark state={connection} note={connection === 'polling' ? POLLING_NOTE : undefined} />
          )}
          <ThemeControl />
          <AccountControl onShowShortcuts={() => setIsSheetOpen(true)} />
        </>
      }
      navigation={navigationFor(current?.id, may)}
      environment={builtIn && environmentOf(builtIn)}
      banner={<ExpiryNotice />}
    >
      <ConnectionContext value={connection}>
        <Outlet />
      </ConnectionContext>
      <ScrollRestoration />
      {isSheetOpen && (
        <Suspense>
          <ShortcutSheet open onOpenChange={setIsSheetOpen} />
        </Suspense>
      )}
    </AppFrame>
  )
}
