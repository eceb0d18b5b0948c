import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { LoaderFunction } from 'react-router'

interface PageModule {
  Component: ComponentType
  /** Starts the page's queries; awaits only what the page cannot be drawn without. */
  createLoader?: (client: QueryClient) => LoaderFunction
}

/** Loads a page's code when it is first visited, and gives its loader the one cache. */
export function lazyPage(client: QueryClient, load: () => Promise<PageModule>) {
  return async () => {
    const { Component, createLoader } = await load()
    return createLoader ? { Component, loader: createLoader(client) } : { Component }
  }
}
