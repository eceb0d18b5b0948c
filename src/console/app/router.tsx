import type { QueryClient } from '@tanstack/react-query'
import { createBrowserRouter, type RouteObject } from 'react-router'

import type { ServerEvents } from '#console/data/events.ts'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'

import { Frame } from './frame.tsx'
import { frameLoader, frameShouldRevalidate, requireSession, startLoader, workspaceLoader } from './guards.ts'
import { lazyPage } from './lazy-page.ts'
import { PublicLayout } from './public-layout.tsx'
import { RouteError } from './route-error.tsx'
import { SignedIn } from './signed-in.tsx'
import { StartSkeleton } from './start-skeleton.tsx'
import { WorkspaceLayout } from './workspace-layout.tsx'

type Pages = (load: Parameters<typeof lazyPage>[1]) => RouteObject['lazy']

function publicRoutes(page: Pages): RouteObject[] {
  return [
    { path: 'setup', lazy: page(() => import('#console/features/setup/setup-page.tsx')) },
    { path: 'sign-in', lazy: page(() => import('#console/features/sign-in/sign-in-page.tsx')) },
    { path: 'invitation', lazy: page(() => import('#console/features/invitation/invitation-page.tsx')) },
    { path: 'recovery', lazy: page(() => import('#console/features/recovery/recovery-page.tsx')) },
  ]
}

function accountRoutes(page: Pages): RouteObject[] {
  return [
    { path: 'instances', lazy: page(() => import('#console/features/instances/instances-page.tsx')) },
    { path: 'workspaces', lazy: page(() => import('#console/features/workspaces/workspaces-page.tsx')) },
    { path: 'tokens', lazy: page(() => import('#console/features/tokens/tokens-page.tsx')) },
    { path: 'tokens/new', lazy: page(() => import('#console/features/tokens/create/token-create-page.tsx')) },
    { path: 'tokens/policy', lazy: page(() => import('#console/features/tokens/token-policy-page.tsx')) },
    { path: 'tokens/:tokenId', lazy: page(() => import('#console/features/tokens/token-page.tsx')) },
    { path: 'account/:tab?', lazy: page(() => import('#console/features/account/account-page.tsx')) },
    {
      path: 'protection/:tab?',
      lazy: page(() => import('#console/features/protection/protection-page.tsx')),
    },
    { path: 'members/:tab?', lazy: page(() => import('#console/features/members/members-page.tsx')) },
    { path: 'audit', lazy: page(() => import('#console/features/audit/audit-page.tsx')) },
    { path: 'restore', lazy: page(() => import('#console/features/restore/restore-wizard-page.tsx')) },
    { path: 'restores/:restoreId', lazy: page(() => import('#console/features/restore/restore-page.tsx')) },
  ]
}

function workspaceRoutes(page: Pages): RouteObject[] {
  const schedulePage = page(() => import('#console/features/protection/schedule-page.tsx'))
  const tablePage = page(() => import('#console/features/tables/table-page.tsx'))
  return [
    { index: true, lazy: page(() => import('#console/features/overview/overview-page.tsx')) },
    { path: 'tables', lazy: page(() => import('#console/features/tables/tables-page.tsx')) },
    { path: 'tables/new', lazy: page(() => import('#console/features/tables/table-create-page.tsx')) },
    { path: 'tables/:tableId/:tab?', lazy: tablePage },
    { path: 'api-groups', lazy: page(() => import('#console/features/api-groups/api-groups-page.tsx')) },
    { path: 'backups', lazy: page(() => import('#console/features/backups/backups-page.tsx')) },
    { path: 'schedules/new', lazy: schedulePage },
    { path: 'schedules/:scheduleId', lazy: schedulePage },
    {
      path: 'backups/:backupId/recovery-sheet',
      lazy: page(() => import('#console/features/backups/recovery-sheet-page.tsx')),
    },
    { path: 'backups/:backupId', lazy: page(() => import('#console/features/backups/backup-page.tsx')) },
  ]
}

/** Every address of the console. */
export function createRouter(client: QueryClient, events: ServerEvents) {
  const page: Pages = (load) => lazyPage(client, load)
  return createBrowserRouter([
    {
      HydrateFallback: StartSkeleton,
      ErrorBoundary: RouteError,
      children: [
        { Component: PublicLayout, children: [{ ErrorBoundary: RouteError, children: publicRoutes(page) }] },
        {
          element: (
            <SignedIn>
              <Frame events={events} />
            </SignedIn>
          ),
          middleware: [requireSession(client)],
          loader: frameLoader(client),
          shouldRevalidate: frameShouldRevalidate,
          children: [
            {
              ErrorBoundary: RouteError,
              children: [
                { index: true, loader: startLoader(client) },
                ...accountRoutes(page),
                {
                  path: 'w/:workspaceId',
                  loader: workspaceLoader(client),
                  Component: WorkspaceLayout,
                  children: [{ ErrorBoundary: RouteError, children: workspaceRoutes(page) }],
                },
                { path: '*', Component: NotFoundPage },
              ],
            },
          ],
        },
      ],
    },
  ])
}
