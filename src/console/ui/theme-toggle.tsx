import { Monitor, Moon, Sun } from 'lucide-react'

import type { Theme } from '#console/lib/use-theme.ts'

import { IconButton } from './icon-button.tsx'
import { Menu, MenuRadioGroup } from './menu.tsx'

const options = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const

const icons = { system: <Monitor aria-hidden />, light: <Sun aria-hidden />, dark: <Moon aria-hidden /> }

export interface ThemeToggleProps {
  theme: Theme
  onThemeChange: (theme: Theme) => void
  defaultOpen?: boolean | undefined
}

/** Light, dark, or as the system: `const { theme, setTheme } = useTheme()`. */
export function ThemeToggle({ theme, onThemeChange, defaultOpen }: ThemeToggleProps) {
  return (
    <Menu
      defaultOpen={defaultOpen}
      trigger={
        <IconButton label="Appearance" size="sm" side="bottom">
          {icons[theme]}
        </IconButton>
      }
    >
      <MenuRadioGroup<Theme> label="Appearance" value={theme} onValueChange={onThemeChange} options={options} />
    </Menu>
  )
}
