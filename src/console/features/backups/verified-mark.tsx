import { Shield, ShieldAlert, ShieldCheck } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { shieldWords } from './trust-words.ts'

const look = {
  muted: { Icon: Shield, ink: 'text-muted' },
  success: { Icon: ShieldCheck, ink: 'text-success' },
  danger: { Icon: ShieldAlert, ink: 'text-danger' },
}

/** Whether the archive was read back and found whole. */
export function VerifiedMark({ backup, withTime = false }: { backup: Backup; withTime?: boolean }) {
  const { words, tone, meaning } = shieldWords(backup)
  const { Icon, ink } = look[tone]
  return (
    <span className="inline-flex items-center gap-1.5 align-middle">
      <Tooltip content={meaning}>
        <span className={`inline-flex items-center gap-1.5 ${ink}`}>
          <Icon aria-hidden className="size-4 shrink-0 stroke-[1.5]" />
          {words}
        </span>
      </Tooltip>
      {withTime && backup.verifiedAt !== null && <RelativeTime at={backup.verifiedAt} className="text-muted" />}
    </span>
  )
}
