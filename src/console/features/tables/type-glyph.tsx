import {
  Binary,
  Braces,
  CalendarDays,
  Clock3,
  File,
  Fingerprint,
  Hash,
  Link2,
  List,
  ListOrdered,
  LockKeyhole,
  Mail,
  MapPin,
  ToggleLeft,
  Type,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'

import type { Column, ColumnType } from '#api/contract/columns.ts'

const GLYPHS: Partial<Record<ColumnType, LucideIcon>> = {
  int: Hash,
  decimal: Hash,
  text: Type,
  bool: ToggleLeft,
  email: Mail,
  password: LockKeyhole,
  uuid: Fingerprint,
  timestamp: Clock3,
  date: CalendarDays,
  json: Braces,
  object: Braces,
  enum: ListOrdered,
  vector: Binary,
  image: File,
  video: File,
  audio: File,
  attachment: File,
}

/** A sign for the type of a column; its name stands beside it or in the tooltip. */
export function typeGlyph({ type, style, tableref_id }: Column): ReactNode {
  if (style === 'list') return <List aria-hidden />
  if (tableref_id) return <Link2 aria-hidden />
  const Icon = GLYPHS[type] ?? MapPin
  return <Icon aria-hidden />
}
