import { useQuery, type QueryClient } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { getBackup, type Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formatLocal, formatUtc } from '#console/lib/format-time.ts'
import { formatBytes, formatCount } from '#console/lib/format.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { downloadName, recoverySteps } from './recovery-commands.ts'

export const access = { title: 'Recovery sheet', endpoint: getBackup }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(backups.detail(Number(params['backupId']))).catch(() => undefined)
    return null
  }
}

/** A page to print and to keep where the password is kept: how to open the archive when nothing else is left. */
export function Component() {
  const { workspaceId, backupId } = useParams()
  const detail = useQuery(backups.detail(Number(backupId)))
  return (
    <Page width="form">
      <PageHeader
        title="Recovery sheet"
        description="How to open this archive without Metadeck. Print it, and keep it where the password is kept."
        actions={
          <div className="flex gap-2 print:hidden">
            <ButtonLink to={`/w/${workspaceId ?? ''}/backups/${backupId ?? ''}`}>Back to the backup</ButtonLink>
            <Button variant="primary" onClick={() => print()} disabled={detail.data === undefined}>
              <Printer aria-hidden />
              Print
            </Button>
          </div>
        }
      />
      {detail.isPending && <TextSkeleton lines={12} label="Loading the backup" />}
      {detail.isLoadingError && (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the backup')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
      {detail.data && <Sheet backup={detail.data} />}
    </Page>
  )
}

function Sheet({ backup }: { backup: Backup }) {
  return (
    <div className="flex flex-col gap-6">
      <Section title="What it is">
        <DescriptionList
          items={[
            { label: 'Workspace', value: `${backup.workspaceName}, branch ${backup.branch}` },
            { label: 'State of', value: exactWords(new Date(backup.summary?.createdAt ?? backup.createdAt)) },
            { label: 'Holds', value: holdsWords(backup) },
            { label: 'Size', value: `${formatBytes(backup.bytes)} (${backup.bytes.toLocaleString('en')} bytes)` },
            { label: 'SHA-256', value: <code className="text-xs">{backup.sha256 ?? 'not known'}</code> },
          ]}
        />
      </Section>
      <Section title="Where it lies">
        <DescriptionList
          items={[
            { label: 'Target', value: backup.targetName },
            { label: 'Backup id', value: <code>{backup.id}</code> },
            { label: 'Downloaded as', value: <code>{downloadName(backup)}</code> },
            { label: 'A copy is kept at', value: <Blank /> },
          ]}
        />
      </Section>
      <Section title={backup.encrypted ? 'The password' : 'No password'}>
        {backup.encrypted ? (
          <>
            <p>
              Without its password nobody can open this archive, Metadeck and its makers included. Do not write it here.
            </p>
            <DescriptionList items={[{ label: 'It is kept at', value: <Blank /> }]} />
          </>
        ) : (
          <p>The archive is not encrypted: whoever has the file can read everything in it.</p>
        )}
      </Section>
      <Section title="Open it without Metadeck">
        <p>
          It is a tar, compressed with zstd{backup.encrypted && ', encrypted with age'}. Every Linux and macOS has these
          programs as packages.
        </p>
        <ol className="flex list-decimal flex-col gap-3 pl-5">
          {recoverySteps(backup).map(({ what, command }) => (
            <li key={what}>
              {what}
              <pre className="mt-1 rounded-md border bg-muted px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
                {command}
              </pre>
            </li>
          ))}
        </ol>
        <p>
          In it: <code>manifest.json</code> lists every file with its SHA-256 and what is not included;{' '}
          <code>definition/*.xs</code> are tables, API groups and constructs as text; <code>rows/</code> has a CSV file
          for each table, in numbered parts where it is large; <code>files/</code> has the stored files.
        </p>
      </Section>
      <Section title="Restore it with Metadeck">
        <p>
          On any Metadeck: Restore, upload the file, {backup.encrypted && 'type the password, '}look at the preview, and
          confirm. Or on a command line: <code className="text-xs">npm run -s metadeck -- restore --help</code>
        </p>
      </Section>
    </div>
  )
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="flex break-inside-avoid flex-col gap-2 text-base">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}

/** A line to write on. */
function Blank() {
  return (
    <span className="inline-block h-5 w-full max-w-80 border-b border-line-strong">
      <span className="sr-only">to be filled in by hand</span>
    </span>
  )
}

/** As on every other page, and in UTC: paper does not know where it is read. */
function exactWords(at: Date): string {
  const [local, utc] = [formatLocal(at), formatUtc(at)]
  return local === utc ? utc : `${local} (${utc})`
}

function holdsWords({ summary, definitionOnly }: Backup): string {
  if (summary === null) return 'not known until it is opened'
  const tables = formatCount(new Set(summary.tables.map(({ name }) => name)).size, 'table')
  return definitionOnly
    ? `${tables} without rows`
    : `${tables}, ${formatCount(summary.rows, 'row')}, ${formatCount(summary.files, 'stored file')}`
}
