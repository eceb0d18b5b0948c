import { Outlet } from 'react-router'

import { useTheme } from '#console/lib/use-theme.ts'
import { ThemeToggle } from '#console/ui/theme-toggle.tsx'

import { Brand } from './brand.tsx'

/** Around the pages for nobody in particular: setup and sign-in. */
export function PublicLayout() {
  const { theme, setTheme } = useTheme()
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 items-center justify-between px-4">
        <Brand />
        <ThemeToggle theme={theme} onThemeChange={setTheme} />
      </header>
      <main id="main" className="mx-auto w-full max-w-sm flex-1 px-4 pt-[min(12vh,7rem)] pb-12">
        <Outlet />
      </main>
    </div>
  )
}
