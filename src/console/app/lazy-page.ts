import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { data, type LoaderFunction, type ShouldRevalidateFunction } from 'react-router'

import { type PageAccess, permittedPage } from './permitted-page.tsx'

interface PageModule {
  Component: ComponentType
  /** Starts the page's queries; awaits only what the page cannot be drawn without. */
  createLoader?: (client: QueryClient) => LoaderFunction
  /** Absent: the loader runs again whenever the address's query changes. */
  shouldRevalidate?: ShouldRevalidateFunction
  /** Absent: the page is for everybody who is signed in. */
  access?: PageAccess
}

/** Loads a page's code when it is first visited, and gives its loader the one cache. */
export function lazyPage(client: QueryClient, load: () => Promise<PageModule>) {
  return async () => {
    const { Component: Plain, createLoader, shouldRevalidate, access } = await load()
    const Component = access === undefined ? Plain : permittedPage(Plain, access)
    if (createLoader === undefined) return { Component }
    const loader = withRealIds(createLoader(client))
    return shouldRevalidate ? { Component, loader, shouldRevalidate } : { Component, loader }
  }
}

/** Whether an id of the address could be one: `/w/abc` leads nowhere, and nothing is asked about it. */
export const isId = (text: string | undefined): boolean => text !== undefined && /^[1-9]\d{0,15}$/.test(text)

function withRealIds(loader: LoaderFunction): LoaderFunction {
  return (args, context) => {
    const isReal = Object.entries(args.params).every(([name, value]) => !name.endsWith('Id') || isId(value))
    if (!isReal) throw data(null, { status: 404 })
    return loader(args, context)
  }
}

/** Whether code could not be fetched: the server is away, or an update has replaced the files this page knows of. Browsers tell it in words only. */
export function isCodeMissing(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|importing a module|preload/i.test(error.message)
}
