import { Shield, ShieldAlert, ShieldCheck } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { shieldWords } from './backup-words.ts'

const look = {
  muted: { Icon: Shield, ink: 'text-muted' },
  success: { Icon: ShieldCheck, ink: 'text-success' },
  danger: { Icon: ShieldAlert, ink: 'text-danger' },
}

/** Whether the archive was read back and found whole. */
export function VerifiedMark({ backup, withTime = false }: { backup: Backup; withTime?: boolean }) {
  const { words, tone } = shieldWords(backup)
  const { Icon, ink } = look[tone]
  return (
    <Tooltip
      content={
        tone === 'success'
          ? 'Read back after writing: checksums and row counts agree.'
          : 'Nothing was proven about this archive.'
      }
    >
      <span className={`inline-flex items-center gap-1.5 align-middle ${ink}`}>
        <Icon aria-hidden className="size-4 shrink-0 stroke-[1.5]" />
        {words}
        {withTime && backup.verifiedAt !== null && <RelativeTime at={backup.verifiedAt} className="text-muted" />}
      </span>
    </Tooltip>
  )
}
