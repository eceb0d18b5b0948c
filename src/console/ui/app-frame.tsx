import { Menu as MenuIcon } from 'lucide-react'
import { lazy, useState, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { EnvBand } from './env-band.tsx'
import type { Environment } from './environment.ts'
import { useFocusGuard } from './focus-guard.ts'
import { IconButton } from './icon-button.tsx'
import { OnIntent } from './on-intent.tsx'
import { SideNav, type NavGroup } from './side-nav.tsx'
import { SkipLink } from './skip-link.tsx'

const loadNavSheet = () => import('./nav-sheet.tsx')
const NavSheet = lazy(async () => ({ default: (await loadNavSheet()).NavSheet }))

const navButton = (
  <IconButton label="Open navigation" className="lg:hidden">
    <MenuIcon aria-hidden />
  </IconButton>
)

/** The place of the connection's mark until it is known, as wide as it usually is, so that the names beside it do not jump. */
const markPlaceClass =
  "not-has-[output]:before:w-2 not-has-[output]:before:content-[''] sm:not-has-[output]:before:w-10"

export interface AppFrameProps {
  /** The mark and name of the product, usually a link to the start. */
  brand: ReactNode
  /** The switchers and the environment badge. */
  breadcrumbs?: ReactNode
  /** Search, connection, notices, appearance, account. */
  tools?: ReactNode
  navigation: readonly NavGroup[]
  /** Under the navigation. */
  sideFoot?: ReactNode
  environment?: Environment | undefined
  /** A line over the page that concerns everything: offline, signed out elsewhere. */
  banner?: ReactNode
  children: ReactNode
}

/** The frame around every page: band, header, side, content. Under 900 px the side becomes a sheet. */
export function AppFrame({
  brand,
  breadcrumbs,
  tools,
  navigation,
  sideFoot,
  environment,
  banner,
  children,
}: AppFrameProps) {
  const [isNavOpen, setIsNavOpen] = useState(false)
  useFocusGuard()
  return (
    <div className="min-h-dvh [--sticky-top:3rem]">
      <SkipLink />
      <header className="sticky top-0 z-30 bg-panel print:hidden">
        <EnvBand environment={environment} />
        <div className="flex h-11 items-center border-b">
          <div className="flex h-full shrink-0 items-center gap-1 pl-2 lg:w-54 lg:border-r lg:pl-4">
            <OnIntent
              popup="dialog"
              preload={loadNavSheet}
              isWanted={isNavOpen}
              onWanted={() => setIsNavOpen(true)}
              standIn={navButton}
            >
              <NavSheet
                navigation={navigation}
                sideFoot={sideFoot}
                trigger={navButton}
                open={isNavOpen}
                onOpenChange={setIsNavOpen}
              />
            </OnIntent>
            {brand}
          </div>
          <div className="flex min-w-0 flex-1 items-center gap-1 px-2 lg:px-4">{breadcrumbs}</div>
          <div className={cx('flex shrink-0 items-center gap-1 pr-2 sm:gap-2 lg:pr-4', markPlaceClass)}>{tools}</div>
        </div>
      </header>
      <div className="flex">
        <div className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-54 shrink-0 flex-col justify-between overflow-y-auto border-r bg-panel lg:flex print:hidden">
          <SideNav groups={navigation} />
          {sideFoot}
        </div>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1">
          {banner}
          {children}
        </main>
      </div>
    </div>
  )
}
