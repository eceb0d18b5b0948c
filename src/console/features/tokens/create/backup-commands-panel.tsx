import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'

import type { CreatedToken } from '#api/contract/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { formatCount } from '#console/lib/format.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { CodeBlock } from '#console/ui/code-block.tsx'
import { CopyButton } from '#console/ui/copy-button.tsx'
import { Field } from '#console/ui/field.tsx'
import { Select } from '#console/ui/select.tsx'

import { backupByCommand, type BackupTarget, ENV_FILE, envFile, exportByCron, exportByCurl } from './backup-commands.ts'

type Way = 'cron' | 'curl' | 'command'

const WAYS = [
  { value: 'cron', label: 'Every night by cron' },
  { value: 'curl', label: 'Once by curl' },
  { value: 'command', label: 'By metadeck' },
] as const

const NOTES: Record<Way, string> = {
  cron: 'The line for crontab -e. It exports at 02:00 into /var/backups; the file has its name only when it is whole.',
  curl: 'Saves the archive in the folder you are in. Unencrypted: keep it where only you read.',
  command: 'In a folder with Metadeck. It waits until the backup is stored, read back and verified.',
}

export interface BackupCommandsPanelProps {
  token: Pick<CreatedToken, 'token' | 'workspaces'>
  publicUrl: string
  /** The secret has left for the clipboard. */
  onCopied: () => void
}

/** What makes a token for backups into backups: the file with the secret, and the line that runs. */
export function BackupCommandsPanel({ token, publicUrl, onCopied }: BackupCommandsPanelProps) {
  const [way, setWay] = useState<Way>('cron')
  const [chosenId, setChosenId] = useState<string>()
  const list = useQuery(workspaces.list()).data ?? []
  const reached = list.filter(({ id }) => token.workspaces === 'all' || token.workspaces.includes(id))
  const target = reached.find(({ id }) => String(id) === chosenId) ?? reached[0]
  if (target === undefined) return null

  return (
    <section aria-label="Use it for backups" className="flex min-w-0 flex-col gap-3 rounded-lg border p-3">
      <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
        <p>
          1. Put this into <code>{ENV_FILE}</code>, readable for its user only (<code>chmod 600</code>).
        </p>
        <CopyButton text={envFile(publicUrl, token.token)} label="Copy env file" onCopied={onCopied}>
          env file
        </CopyButton>
      </div>
      <p className="text-sm">2. Run it.</p>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <ChoiceChips aria-label="How it runs" size="sm" choices={WAYS} value={way} onValueChange={setWay} />
        {reached.length > 1 && (
          <Field label="Workspace" hideLabel className="w-48">
            <Select
              size="sm"
              options={reached.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={String(target.id)}
              onValueChange={setChosenId}
            />
          </Field>
        )}
      </div>
      <CodeBlock label="Backup command" code={commandOf(way, publicUrl, target)} wrap />
      <p className="text-xs text-muted">{NOTES[way]}</p>
      {reached.length > 1 && (
        <p className="flex items-start gap-1.5 text-xs text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 stroke-[1.5]" />
          <span>
            It saves <strong className="font-semibold">{target.name}</strong> only. The token reaches{' '}
            {formatCount(reached.length, 'workspace')}: add a line for each that must be kept.
          </span>
        </p>
      )}
    </section>
  )
}

function commandOf(way: Way, publicUrl: string, target: BackupTarget): string {
  if (way === 'cron') return exportByCron(publicUrl, target)
  return way === 'curl' ? exportByCurl(publicUrl, target) : backupByCommand(target)
}
