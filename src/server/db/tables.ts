import type {
  SettingTable,
  UserTable,
  SetupLinkTable,
  InvitationTable,
  RecoveryLinkTable,
  SessionTable,
  SignInPlaceTable,
  ThrottleTable,
  UsedEventTicketTable,
} from './account-tables.ts'
import type { BackupManifestTable, BackupTable, RestoreTable } from './job-tables.ts'
import type {
  NotificationChannelTable,
  NotificationTable,
  ScheduleTable,
  TargetTable,
  UploadTable,
} from './protection-tables.ts'
import type {
  AuditIntentTable,
  AuditProcessTable,
  AuditRecordTable,
  HistoryTable,
  IdempotencyTable,
} from './record-tables.ts'
import type {
  OidcIdentityTable,
  OidcProviderTable,
  OidcRequestTable,
  PasskeyChallengeTable,
  PasskeyTable,
  RecoveryCodeTable,
  SignInTicketTable,
  TotpTable,
} from './sign-in-tables.ts'
import type { AccessTokenTable, TokenErrorTable, TokenUsageTable } from './token-tables.ts'
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
export type * from './token-tables.ts'
export type * from './protection-tables.ts'
export type * from './sign-in-tables.ts'

/** Metadeck's own tables, all in the schema `metadeck`. */
export interface Database {
  setting: SettingTable
  user: UserTable
  setup_link: SetupLinkTable
  invitation: InvitationTable
  recovery_link: RecoveryLinkTable
  session: SessionTable
  used_event_ticket: UsedEventTicketTable
  sign_in_place: SignInPlaceTable
  throttle: ThrottleTable
  totp: TotpTable
  recovery_code: RecoveryCodeTable
  sign_in_ticket: SignInTicketTable
  passkey: PasskeyTable
  passkey_challenge: PasskeyChallengeTable
  oidc_provider: OidcProviderTable
  oidc_identity: OidcIdentityTable
  oidc_request: OidcRequestTable
  access_token: AccessTokenTable
  token_usage: TokenUsageTable
  token_error: TokenErrorTable
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
  audit_process: AuditProcessTable
  audit_intent: AuditIntentTable
  target: TargetTable
  schedule: ScheduleTable
  backup: BackupTable
  backup_manifest: BackupManifestTable
  restore: RestoreTable
  upload: UploadTable
  notification_channel: NotificationChannelTable
  notification: NotificationTable
}
