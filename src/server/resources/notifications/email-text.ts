import type { NotificationPayload } from '#api/contract/notifications.ts'

/** Why a message comes, for whoever has forgotten. */
const REASONS: Record<NotificationPayload['event'], string> = {
  failed: 'a backup or a check of one failed',
  missed: 'a schedule did not run at its time',
  looks_wrong: 'a backup looks unlike those before it',
  size_jump: 'the size of a backup jumped',
  token_expiring: 'an access token that a schedule needs ends soon',
  password_reminder: 'the password of a schedule was not proven for a long time',
  recovered: 'a schedule works again',
  test: 'somebody tests the channel',
}

/** As much as a list of messages shows, in whole characters. */
const START = /^.{0,200}/su

/** A message as an e-mail: subject of one line, plain text, and HTML that loads nothing. */
export function emailText(payload: NotificationPayload): { subject: string; text: string; html: string } {
  const facts = factsOf(payload)
  const reason = `Sent by Metadeck to tell when ${REASONS[payload.event]}. Owners and admins change under Notifications who is told what.`
  const text = [
    payload.message,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    `Open in Metadeck: ${payload.url}`,
    `-- \n${reason}`,
  ].join('\n\n')
  const rows = facts.map(([name, value]) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(value)}</td></tr>`)
  const html = [
    '<!doctype html><html lang="en"><body style="font-family:sans-serif">',
    ...payload.message.split('\n').map((line) => `<p>${escapeHtml(line)}</p>`),
    `<table cellpadding="4">${rows.join('')}</table>`,
    `<p><a href="${escapeHtml(payload.url)}">Open in Metadeck</a></p>`,
    `<p><small>${escapeHtml(reason)}</small></p>`,
    '</body></html>',
  ].join('\n')
  return { subject: `[Metadeck] ${oneLine(payload.subject)}`, text, html }
}

function factsOf({ workspace, schedule, backup, at }: NotificationPayload): [string, string][] {
  const facts: [string, string][] = []
  if (workspace !== null) facts.push(['Workspace', `${oneLine(workspace.name)} (${workspace.id})`])
  if (schedule !== null) facts.push(['Schedule', `${oneLine(schedule.name)} (${schedule.id})`])
  if (backup !== null) facts.push(['Backup', `${backup.id}, ${backup.status.replaceAll('_', ' ')}`])
  facts.push(['Time', `${at.slice(0, 16).replace('T', ' ')} UTC`])
  return facts
}

/**
 * Names that people gave, made safe for a header: no line breaks or other control characters, and nothing that makes a
 * mail program show the text in another order.
 */
function oneLine(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .trim()
  const [start = ''] = START.exec(line) ?? []
  return start.length < line.length ? `${start}…` : line
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
