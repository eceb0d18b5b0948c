import type { QueryClient } from '@tanstack/react-query'
import {
  data,
  type LoaderFunctionArgs,
  type MiddlewareFunction,
  redirect,
  type ShouldRevalidateFunctionArgs,
} from 'react-router'

import { instances } from '#console/data/instances.ts'
import { session } from '#console/data/session.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { signInPath } from '#console/features/sign-in/next-path.ts'

import { loadExpiryNotice } from './expiry-notice.tsx'
import { readLastWorkspace, rememberWorkspace } from './last-workspace.ts'
import { isId } from './lazy-page.ts'

/** Lets nobody past who is not signed in; runs before any loader behind it asks the server. */
export function requireSession(client: QueryClient): MiddlewareFunction {
  return async ({ request }, next) => {
    const { signedIn } = await client.query({ ...session.current(), staleTime: 'static' })
    if (!signedIn) throw redirect(signInPath(new URL(request.url)))
    return next()
  }
}

/**
 * The frame's own data, which the first page waits for: what comes later would push about what is read. A route without a
 * loader would skip its middleware.
 */
export function frameLoader(client: QueryClient) {
  return () => {
    // It may run again: what was asked for once is not waited for again, whatever became of it.
    const isFirst = client.getQueryState(workspaces.list().queryKey) === undefined
    const names = Promise.allSettled([client.query(workspaces.list()), client.query(instances.list())])
    return loadExpiryNotice(client, isFirst ? names : undefined)
  }
}

/** A search within a page needs nothing new of the frame; to try a page again that failed does. */
export function frameShouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  const isSearch = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
  return !isSearch && defaultShouldRevalidate
}

/** The start: the workspace used last, or the list of them. */
export function startLoader(client: QueryClient) {
  return async () => {
    const last = readLastWorkspace()
    if (last === undefined) return redirect('/workspaces')
    const list = await client.query(workspaces.list())
    return redirect(list.some(({ id }) => id === last) ? `/w/${last}` : '/workspaces')
  }
}

/** Opens a workspace only if it is there; one that was made a moment ago by somebody else may not be in the cache yet. */
export function workspaceLoader(client: QueryClient) {
  return async ({ params }: LoaderFunctionArgs) => {
    const id = Number(params['workspaceId'])
    if (!isId(params['workspaceId'])) throw data(null, { status: 404, statusText: 'workspace' })
    const isThere = async (staleTime: 'static' | 0) => {
      const list = await client.query({ ...workspaces.list(), staleTime })
      return list.some((workspace) => workspace.id === id)
    }
    if (!(await isThere('static')) && !(await isThere(0))) throw data(null, { status: 404, statusText: 'workspace' })
    rememberWorkspace(id)
    return null
  }
}
