import { memo } from 'react'

import { type ScopeInfo, SCOPE_LETTERS, type ScopeLetter, SCOPES, type Scopes } from '#api/contract/scopes.ts'

import { blastRadius } from './blast-radius.ts'
import { matrixWords } from './grant-words.ts'
import { isGranted } from './scope-matrix.ts'

const DOT = 4
const STEP = 5
const HEIGHT = SCOPE_LETTERS.length * STEP - 1

type Mark = 'danger' | 'granted' | 'open' | 'none'

function markOf(scopes: Scopes, info: ScopeInfo, letter: ScopeLetter): Mark {
  if (!info.letters.includes(letter)) return 'none'
  if (!isGranted(scopes, info.name, letter)) return 'open'
  return blastRadius(info, letter) === undefined ? 'granted' : 'danger'
}

const disc = (x: number, y: number, size: number): string => {
  const r = size / 2
  const left = x + DOT / 2 - r
  return `M${left} ${y + DOT / 2}a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0-${size} 0z`
}

/** What each mark looks like: never told apart by its colour alone. */
const SHAPES: Record<Exclude<Mark, 'none'>, (x: number, y: number) => string> = {
  danger: (x, y) => `M${x} ${y}h${DOT}v${DOT}h-${DOT}z`,
  granted: (x, y) => disc(x, y, DOT),
  open: (x, y) => disc(x, y, 2),
}

/** All marks of one kind in one path: thousands of these stand in one list. */
function pathOf(scopes: Scopes, mark: Exclude<Mark, 'none'>): string {
  return SCOPES.flatMap((info, column) =>
    SCOPE_LETTERS.map((letter, row) =>
      markOf(scopes, info, letter) === mark ? SHAPES[mark](column * STEP, row * STEP) : '',
    ),
  ).join('')
}

interface Drawing {
  words: string
  open: string
  granted: string
  danger: string
}

/** Drawings by what is granted: a list of thousands has a few kinds of grants. */
const drawings = new Map<string, Drawing>()
const DRAWINGS_MAX = 500

function drawingOf(scopes: Scopes): Drawing {
  const key = JSON.stringify(scopes)
  const known = drawings.get(key)
  if (known !== undefined) return known
  const drawing = {
    words: matrixWords(scopes),
    open: pathOf(scopes, 'open'),
    granted: pathOf(scopes, 'granted'),
    danger: pathOf(scopes, 'danger'),
  }
  if (drawings.size >= DRAWINGS_MAX) drawings.clear()
  drawings.set(key, drawing)
  return drawing
}

/** The matrix at a glance: eleven scopes wide, four letters high; squares are what is dangerous. */
export const ScopeDots = memo(function ScopeDots({ scopes }: { scopes: Scopes }) {
  const { words, open, granted, danger } = drawingOf(scopes)
  return (
    <svg
      role="img"
      aria-label={words}
      width={SCOPES.length * STEP - 1}
      height={HEIGHT}
      className="inline-block shrink-0 align-middle"
    >
      <path d={open} className="fill-line-strong" />
      <path d={granted} className="fill-accent" />
      <path d={danger} className="fill-danger" />
    </svg>
  )
})

/** How the dots are read. */
export function ScopeDotsLegend() {
  return (
    <ul className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      <li>Dots: a column for each scope, from the top create to delete</li>
      <Key mark="granted" className="fill-accent" words="granted" />
      <Key mark="danger" className="fill-danger" words="granted, dangerous" />
    </ul>
  )
}

function Key({ mark, className, words }: { mark: Exclude<Mark, 'none'>; className: string; words: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden width={DOT * 2} height={DOT * 2} viewBox={`0 0 ${DOT} ${DOT}`}>
        <path d={SHAPES[mark](0, 0)} className={className} />
      </svg>
      {words}
    </li>
  )
}
