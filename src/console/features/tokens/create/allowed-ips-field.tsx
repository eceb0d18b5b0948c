import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { sessions } from '#console/data/sessions.ts'
import { cx } from '#console/lib/cx.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { addressProblem, splitEntries } from './address-list.ts'
import type { TokenForm } from './token-form.ts'

/** Addresses it may be used from: typed or pasted, several at once; each becomes a chip that names what is wrong with it. */
export function AllowedIpsField() {
  const { control, setValue, formState } = useFormContext<TokenForm>()
  const entries = useWatch({ control, name: 'allowedIps' })
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const own = useQuery(sessions.list({ all: false, cursor: undefined })).data?.items.find(({ current }) => current)
  const fromServer = Array.isArray(formState.errors.allowedIps)
    ? formState.errors.allowedIps.find((error) => error?.type === 'server')?.message
    : undefined
  const problem = entries.map(addressProblem).find((found) => found !== undefined) ?? fromServer
  const tooMany = Array.isArray(formState.errors.allowedIps) ? undefined : formState.errors.allowedIps?.message

  function save(next: string[]) {
    setValue('allowedIps', next, { shouldDirty: true, shouldValidate: formState.isSubmitted })
  }

  function add(words: string) {
    setText('')
    const known = new Set(entries)
    const fresh = splitEntries(words).filter((entry) => !known.has(entry))
    if (fresh.length > 0) save([...entries, ...fresh])
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Backspace' && text === '') save(entries.slice(0, -1))
    const isEnd = event.key === 'Enter' || event.key === ',' || event.key === ' '
    if (!isEnd || (event.key === 'Enter' && text === '')) return
    // Enter adds the entry; it does not send the form.
    event.preventDefault()
    add(text)
  }

  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Allowed addresses"
        optional
        hint="IP addresses and ranges it may be used from, such as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32. Empty: from anywhere."
        error={problem ?? tooMany}
      >
        <div className="flex flex-wrap gap-2">
          <Input
            ref={input}
            mono
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={handleKey}
            onPaste={(event) => {
              event.preventDefault()
              add(`${text} ${event.clipboardData.getData('text')}`)
            }}
            onBlur={() => add(text)}
            placeholder="203.0.113.7, then Enter"
            className="max-w-72 flex-1"
          />
          {own !== undefined && !entries.includes(own.address) && (
            <Button
              onClick={() => {
                add(own.address)
                // The button is gone then.
                input.current?.focus()
              }}
            >
              <Plus aria-hidden />
              Mine: {own.address}
            </Button>
          )}
        </div>
      </Field>
      {entries.length > 0 && (
        <ul aria-label="Allowed addresses" className="flex flex-wrap gap-1.5">
          {entries.map((entry, index) => (
            <AddressChip key={entry} entry={entry} onRemove={() => save(entries.toSpliced(index, 1))} />
          ))}
        </ul>
      )}
    </div>
  )
}

function AddressChip({ entry, onRemove }: { entry: string; onRemove: () => void }) {
  const isWrong = addressProblem(entry) !== undefined
  return (
    <li
      className={cx(
        'flex h-6 max-w-full items-center rounded-sm border pl-1.5 font-mono text-xs',
        isWrong ? 'border-danger bg-danger-soft text-danger' : 'bg-muted',
      )}
    >
      <span className="truncate">{entry}</span>
      {isWrong && <span className="sr-only">, not an address</span>}
      <button
        type="button"
        aria-label={`Remove ${entry}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:text-foreground focus-visible:outline-offset-0"
      >
        <X aria-hidden className="size-3.5 stroke-[1.5]" />
      </button>
    </li>
  )
}
