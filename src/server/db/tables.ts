import type {
  SettingTable,
  UserTable,
  SetupLinkTable,
  SessionTable,
  ThrottleTable,
  AccessTokenTable,
} from './account-tables.ts'
import type { BackupManifestTable, BackupTable, RestoreTable } from './job-tables.ts'
import type {
  NotificationChannelTable,
  NotificationTable,
  ScheduleTable,
  TargetTable,
  UploadTable,
} from './protection-tables.ts'
import type { HistoryTable, IdempotencyTable, AuditRecordTable } from './record-tables.ts'
import type {
  WorkspaceTable,
  BranchTable,
  DataSourceTable,
  TableDefinitionTable,
  ApiGroupTable,
  ConstructTable,
  FileTable,
} from './workspace-tables.ts'

export type * from './account-tables.ts'
export type * from './workspace-tables.ts'
export type * from './record-tables.ts'
export type * from './job-tables.ts'
export type * from './protection-tables.ts'

/** Metadeck's own tables, all in the schema `metadeck`. */
export interface Database {
  setting: SettingTable
  user: UserTable
  setup_link: SetupLinkTable
  session: SessionTable
  throttle: ThrottleTable
  access_token: AccessTokenTable
  workspace: WorkspaceTable
  branch: BranchTable
  data_source: DataSourceTable
  table_definition: TableDefinitionTable
  api_group: ApiGroupTable
  construct: ConstructTable
  file: FileTable
  history: HistoryTable
  idempotency: IdempotencyTable
  audit_record: AuditRecordTable
  target: TargetTable
  schedule: ScheduleTable
  backup: BackupTable
  backup_manifest: BackupManifestTable
  restore: RestoreTable
  upload: UploadTable
  notification_channel: NotificationChannelTable
  notification: NotificationTable
}
