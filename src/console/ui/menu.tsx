import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Link, type To } from 'react-router'

import { cx } from '#console/lib/cx.ts'

import { Kbd } from './kbd.tsx'
import { noteMenuChoice } from './opener.ts'
import { itemClass, popupClass } from './overlay-classes.ts'

export interface MenuProps {
  /** The button that opens it: `<IconButton label="More actions">…`. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** Open from the start: for a menu whose code was fetched because somebody pressed its stand-in. */
  defaultOpen?: boolean | undefined
}

/** A short list of things to do, behind a button. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', defaultOpen = false }: MenuProps) {
  return (
    <BaseMenu.Root defaultOpen={defaultOpen}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <BaseMenu.Popup
            className={cx(popupClass, 'max-h-(--available-height) max-w-80 min-w-44 overflow-y-auto p-1')}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

export interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  icon?: ReactNode
  /** For what can destroy. */
  danger?: boolean | undefined
  disabled?: boolean | undefined
  /** Keys that do the same. */
  keys?: readonly string[] | undefined
}

/** One thing to do. */
export function MenuItem({ children, onSelect, icon, danger, disabled, keys }: MenuItemProps) {
  return (
    <BaseMenu.Item
      onClick={(event) => {
        noteMenuChoice(event.currentTarget)
        onSelect()
      }}
      disabled={disabled}
      className={cx(itemClass, danger && 'text-danger data-highlighted:bg-danger-soft')}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {keys && <Kbd keys={keys} />}
    </BaseMenu.Item>
  )
}

/** Somewhere to go. */
export function MenuLink({ children, to, icon }: { children: ReactNode; to: To; icon?: ReactNode }) {
  return (
    <BaseMenu.LinkItem closeOnClick render={<Link to={to} />} className={itemClass}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </BaseMenu.LinkItem>
  )
}

/** A page that is not of this app: it opens beside it. */
export function MenuOutsideLink({ children, href, icon }: { children: ReactNode; href: string; icon?: ReactNode }) {
  return (
    <BaseMenu.LinkItem closeOnClick href={href} target="_blank" rel="noreferrer" className={itemClass}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </BaseMenu.LinkItem>
  )
}

/** A heading over the items that follow; it names their group. */
export function MenuGroup({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-muted">{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  )
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-(--line)" />
}

export interface MenuRadioGroupProps<Value extends string> {
  label: ReactNode
  value: Value
  onValueChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[]
}

/** One of a few, chosen in a menu. */
export function MenuRadioGroup<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: MenuRadioGroupProps<Value>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onValueChange}>
      <MenuGroup label={label}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
            {option.icon}
            <span className="min-w-0 flex-1">{option.label}</span>
            <BaseMenu.RadioItemIndicator>
              <Check aria-hidden className="text-accent" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </MenuGroup>
    </BaseMenu.RadioGroup>
  )
}
