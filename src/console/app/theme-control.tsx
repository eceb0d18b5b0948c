import { Monitor, Moon, Sun } from 'lucide-react'
import { lazy } from 'react'

import { useTheme } from '#console/lib/use-theme.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { OnIntent } from '#console/ui/on-intent.tsx'

const load = () => import('#console/ui/theme-toggle.tsx')
const ThemeToggle = lazy(async () => ({ default: (await load()).ThemeToggle }))

const icons = { system: <Monitor aria-hidden />, light: <Sun aria-hidden />, dark: <Moon aria-hidden /> }

/** Light, dark, or as the system. */
export function ThemeControl() {
  const { theme, setTheme } = useTheme()
  return (
    <OnIntent
      preload={load}
      standIn={
        <IconButton label="Appearance" size="sm" side="bottom">
          {icons[theme]}
        </IconButton>
      }
    >
      <ThemeToggle theme={theme} onThemeChange={setTheme} defaultOpen />
    </OnIntent>
  )
}
