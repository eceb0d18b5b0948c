import { useState, type FormEvent } from 'react'

import { ApiError } from '#api/client/api-error.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import type { useReadBackup } from './use-read-backup.ts'

const WORDS = {
  verify: {
    title: 'Verify the encrypted backup',
    description:
      'With the password the archive is decrypted and every checksum and row count compared. Without it only the stored bytes are checked.',
    button: 'Verify contents',
  },
  drill: {
    title: 'Rehearse a restore',
    description:
      'Everything is built beside the workspaces, counted and checked, and taken away again. Nothing is changed.',
    button: 'Rehearse restore',
  },
}

/** Asks for the password of an archive that nobody else can open. */
export function ReadBackupDialog({ read }: { read: ReturnType<typeof useReadBackup> }) {
  const [password, setPassword] = useState('')
  if (read.asked === undefined) return null
  const { reading } = read.asked
  const { title, description, button } = WORDS[reading]
  const isWrong = read.error instanceof ApiError && read.error.code === 'wrong_password'
  const failure = isWrong ? undefined : formFailure(read.error, 'The backup was not read')

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (password !== '' && !read.isPending) read.proceed(password)
  }

  return (
    <Dialog open onOpenChange={read.close} dismissible={!read.isPending} title={title} description={description}>
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <Field
          label="Password of the archive"
          hint="It is used for this and not kept."
          error={isWrong ? 'This password does not open the archive' : undefined}
        >
          <PasswordInput value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="off" />
        </Field>
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={read.close} disabled={read.isPending}>
            Cancel
          </Button>
          {reading === 'verify' && (
            <Button onClick={() => read.proceed('')} disabled={read.isPending}>
              Check the bytes only
            </Button>
          )}
          <Button type="submit" variant="primary" pending={read.isPending} disabled={password === ''}>
            {button}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
