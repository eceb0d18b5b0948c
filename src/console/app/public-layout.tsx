import { Outlet } from 'react-router'

import { Brand } from './brand.tsx'
import { ThemeControl } from './theme-control.tsx'

/** Around the pages for nobody in particular: setup and sign-in. */
export function PublicLayout() {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 items-center justify-between px-4">
        <Brand />
        <ThemeControl />
      </header>
      <main id="main" className="mx-auto w-full max-w-sm flex-1 px-4 pt-[min(12vh,7rem)] pb-12">
        <Outlet />
      </main>
    </div>
  )
}
