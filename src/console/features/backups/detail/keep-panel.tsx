import { useMutation } from '@tanstack/react-query'
import { Pin } from 'lucide-react'
import { useState, type FormEvent } from 'react'

import { updateBackup, type Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

import { hasArchive, keepWords } from '../backup-words.ts'
import { usePin } from '../use-pin.ts'

/** Letters of a note that two lines hold. */
const LINE = 120

/** How long it stays, and a note of why; of a run that left nothing only the note. */
export function KeepPanel({ backup }: { backup: Backup }) {
  const pin = usePin()
  const canChange = useMay()(updateBackup, backup.workspaceId ?? undefined)
  if (!canChange) return <KeepFacts backup={backup} />
  if (!hasArchive(backup)) {
    return (
      <Panel title="Note">
        <NoteForm backup={backup} />
      </Panel>
    )
  }
  return (
    <Panel
      title="How long it is kept"
      actions={
        <Button size="sm" aria-pressed={backup.pinned} pending={pin.isPending} onClick={() => pin.toggle(backup)}>
          <Pin aria-hidden />
          {backup.pinned ? 'Pinned' : 'Pin'}
        </Button>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <p>{sentence(backup)}</p>
        <NoteForm backup={backup} />
      </div>
    </Panel>
  )
}

/** The same for who may not change it. */
function KeepFacts({ backup }: { backup: Backup }) {
  if (!hasArchive(backup)) return null
  return (
    <Panel title="How long it is kept">
      <p className="text-sm">{sentence(backup)}</p>
    </Panel>
  )
}

function sentence(backup: Backup): string {
  if (backup.pinned) return 'Pinned: only a person can delete it.'
  if (backup.kind === 'safety') return 'Taken before a restore. It stays for the undo, and schedules never delete it.'
  if (backup.keptAs === null) return 'No schedule deletes it. It stays until a person does.'
  if (backup.keptAs.length === 0) return 'Its schedule deletes it after the next good run. Pin it to keep it.'
  return `By its schedule it ${keepWords(backup)}.`
}

function NoteForm({ backup }: { backup: Backup }) {
  const [note, setNote] = useState(backup.note)
  const update = useMutation(backups.update())
  const failure = formFailure(update.error, 'The note was not saved')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (note.trim() !== backup.note) update.mutate({ id: backup.id, note: note.trim() })
  }

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-2">
      <Field label="Note" optional hideLabel={!hasArchive(backup)}>
        <Textarea
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={500}
          rows={note.length > LINE ? 4 : 2}
        />
      </Field>
      <Button type="submit" className="self-end" pending={update.isPending} disabled={note.trim() === backup.note}>
        Save note
      </Button>
      {failure && <FormError {...failure} />}
    </form>
  )
}
