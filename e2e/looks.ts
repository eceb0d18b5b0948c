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
