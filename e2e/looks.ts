import type { Page } from '@playwright/test'

import { expect, expectAccessible } from './fixtures.ts'

/**
 * Themes and widths that screens are looked at in: each of both once, as all four take as long again and have found the
 * same. `npm run campaign` looks at all four.
 */
export const LOOKS: readonly (readonly ['light' | 'dark', number])[] = [
  ['light', 1440],
  ['dark', 390],
  ...(process.env['METADECK_CAMPAIGN'] === '1'
    ? ([
        ['light', 390],
        ['dark', 1440],
      ] as const)
    : []),
]

/** A phone in both themes. */
export const PHONE: typeof LOOKS = [
  ['light', 390],
  ['dark', 390],
]

/** Clean for axe in each look, and never wider than the window; the page is left in the last theme, at the full width. */
export async function expectLooks(page: Page, looks: typeof LOOKS = LOOKS): Promise<void> {
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    // In the moment after a change of theme, text and ground may be of two themes.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    await expectAccessible(page)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}
