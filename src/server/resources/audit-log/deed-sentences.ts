/**
 * What an operation did, in the passive and without its stop. In braces: `object` the thing with its kind (`the table
 * "orders"`), `numbered` the same by its number (`backup 5 of "Shop"`), `name` its name in quotes, `who` whose account it
 * is, `column` the column of a table, `newName` what that is called now, `copyOf` a number, `until` the end of an overlap,
 * `by` who did it. Where `by` is not named it stands at the end.
 */
type Sentence = string

const CREATED = '{object} was created'
const CHANGED = '{object} was changed'
const DELETED = '{object} was deleted'

/** Said by type of what has no sentence of its own: right where the operation makes, changes or deletes its thing as a whole. */
const BY_TYPE = { create: CREATED, update: CHANGED, delete: DELETED } as const

const SENTENCES: Readonly<Record<string, Sentence>> = {
  apigroupUpdateSecurity: 'the guid and the address of {object} were changed',
  auditExport: 'the audit log was exported',
  backupCancel: '{numbered} was cancelled',
  backupCreate: '{numbered} was begun',
  backupDelete: '{numbered} was deleted',
  backupDownload: '{numbered} was downloaded',
  backupDrill: 'a restore drill of {numbered} was begun',
  backupDrillCancel: 'the restore drill of {numbered} was cancelled',
  backupUpdate: 'the note or the pin of {numbered} was changed',
  backupUpload: '{numbered} was taken in',
  backupVerify: 'the verification of {numbered} was begun',
  backupVerifyCancel: 'the verification of {numbered} was cancelled',
  branchSetLive: '{object} was made live',
  channelTest: '{object} was tested',
  contentBulkCreate: '{object} were added',
  contentBulkDelete: '{object} were deleted',
  contentBulkPatch: '{object} were changed',
  contentCreate: '{object} was added',
  contentSearchDelete: '{object} were deleted',
  contentSearchPatch: '{object} were changed',
  contentTruncate: 'all {object} were deleted',
  fileBulkDelete: 'several files were deleted',
  fileUpload: '{object} was uploaded',
  indexDelete: 'an index of {object} was dropped',
  indexReplace: 'the indexes of {object} were replaced',
  invitationAccept: 'the invitation of {who} was accepted',
  invitationCreate: 'an invitation was made for {who}',
  invitationResend: 'a new invitation link was made for {who}',
  invitationRevoke: 'the invitation of {who} was revoked',
  memberCreate: 'an account was made for {who}',
  memberDelete: 'the account of {who} was removed',
  memberSecondFactorReset: 'the second step of {who} was reset',
  memberUpdate: 'the account of {who} was changed',
  'memberUpdate:access': 'the access of {who} was changed',
  'memberUpdate:disabled': 'the account of {who} was disabled',
  'memberUpdate:enabled': 'the account of {who} was enabled',
  'memberUpdate:role': 'the role of {who} was changed',
  myAccountUpdate: 'the display name of {who} was changed',
  myPasswordChange: 'the password of {who} was changed',
  oidcProviderTest: '{object} was tested',
  'oidcProviderUpdate:off': '{object} was turned off',
  'oidcProviderUpdate:on': '{object} was turned on',
  ownerRecover: 'a recovery link was made for {who}',
  passkeyCreate: '{object} was added',
  passkeyRemove: '{object} was removed',
  passkeyRename: '{object} was renamed',
  passkeyStart: 'the adding of a passkey for {who} was begun',
  realtimeUpdate: 'the realtime settings of the workspace {name} were changed',
  recoveryCodesCreate: 'new recovery codes were made for {who}',
  recoveryFinish: 'the account of {who} was recovered',
  restoreCancel: '{numbered} was cancelled',
  restoreCreate: '{numbered} was begun',
  restoreUndo: 'the undo of a restore of {name} was begun',
  sampleCreate: 'the sample was loaded',
  schedulePasswordProve: 'the password of {object} was proved',
  schedulePause: '{object} was paused',
  'schedulePause:resumed': '{object} was resumed',
  scheduleRun: '{object} was run',
  schemaColumnDelete: '{column} of {object} was dropped',
  schemaRename: '{column} of {object} was renamed{newName}',
  schemaReplace: 'the columns of {object} were replaced',
  sessionEnd: 'a session of {who} was ended',
  sessionEndOthers: 'all other sessions of {who} were ended',
  sessionPolicyUpdate: 'the lifetimes of sessions were changed',
  setupComplete: 'this Metadeck was set up, with an account for {who},',
  signInPolicyPut: 'the sign-in policy was changed',
  signInTotpStart: 'the set-up of an authenticator app for {who} was begun',
  tableUpdateAutocomplete: 'the autocomplete columns of {object} were changed',
  tableUpdateSecurity: 'the API group of {object} was changed',
  targetTest: '{object} was tested',
  targetTry: 'the settings of a backup target were tried',
  taskActivate: '{object} was turned on or off',
  'taskActivate:off': '{object} was turned off',
  'taskActivate:on': '{object} was turned on',
  tokenDisable: '{object} was disabled',
  tokenDuplicate: '{object} was made as a copy of access token {copyOf}',
  tokenEnable: '{object} was enabled',
  tokenPolicyPut: 'the token policy was changed',
  tokenRevoke: '{object} was revoked',
  tokenRevokeAll: 'all access tokens in reach were revoked',
  tokenRotate: '{object} was rotated',
  'tokenRotate:at-once': '{object} was rotated by {by}; the old one ended at once',
  'tokenRotate:overlap': '{object} was rotated by {by}; the old one works until {until}',
  totpConfirm: 'two-step sign-in was turned on for {who}',
  totpRemove: 'the authenticator app of {who} was removed',
  totpStart: 'the set-up of an authenticator app for {who} was begun',
  uploadComplete: '{numbered} was taken in from an upload',
  uploadCreate: 'the upload of {name} was begun',
  uploadDelete: 'the upload of {name} was removed',
  workspaceExport: '{object} was exported',
  workspaceExportSchema: 'the definitions of {object} were exported',
  workspaceImport: '{object} was overwritten by an import',
  workspaceImportSchema: 'definitions were imported into {object}',
}

/** Operations that are many and alike, by how their names begin or end; after what is said of one alone. */
const ALIKE: Readonly<Record<'schemaAdd' | 'indexAdd' | 'UpdateSecurity', Sentence>> = {
  schemaAdd: '{column} was added to {object}',
  indexAdd: 'an index was added to {object}',
  UpdateSecurity: 'the guid of {object} was changed',
}

/** What sentences name, in the order in which the statement that fills them in brings it. */
export const NAMED = ['object', 'numbered', 'name', 'who', 'column', 'newName', 'copyOf', 'until', 'by'] as const

/** Every sentence as a pattern of PostgreSQL's `format`: by operation, by operation and finer deed, and by what is alike. */
export const PATTERNS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...SENTENCES, ...ALIKE, ...BY_TYPE }).map(([key, sentence]) => [key, patternOf(sentence)]),
)

/** True where more is said of the operation than that its thing was created, changed or deleted. */
export function hasOwnWords(action: string): boolean {
  const alike = Object.keys(ALIKE)
  return Object.hasOwn(SENTENCES, action) || alike.some((part) => action.startsWith(part) || action.endsWith(part))
}

function patternOf(sentence: Sentence): string {
  const whole = sentence.includes('{by}') ? sentence : `${sentence} by {by}`
  return whole.replaceAll(
    /\{(\w+)\}/g,
    (_braces, name: string) => `%${(NAMED as readonly string[]).indexOf(name) + 1}$s`,
  )
}
