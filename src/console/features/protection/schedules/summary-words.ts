import type { ScheduleForm } from './schedule-form.ts'

const CONTENTS: Record<ScheduleForm['contents'], string> = {
  everything: 'everything',
  without_files: 'everything but stored files',
  definition: 'the definition, without rows,',
}

export interface SummaryInput {
  contents: ScheduleForm['contents']
  encryption: ScheduleForm['encryption']
  workspaceName: string
  targetName: string
  /** `every day at 02:00 (Europe/Berlin)` */
  timing: string
}

/** `Backs up everything of Shop every day at 02:00 (Europe/Berlin), encrypted, to Off-site.` */
export function summarySentence({ contents, encryption, workspaceName, targetName, timing }: SummaryInput): string {
  const protectedBy = encryption === 'none' ? 'not encrypted' : 'encrypted'
  return `Backs up ${CONTENTS[contents]} of ${workspaceName} ${timing}, ${protectedBy}, to ${targetName}.`
}
