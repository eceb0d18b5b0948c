import { AppError } from '../errors.ts'
import { refused, type TargetReason, unreachable } from './target-failure.ts'

/** What the parts of an error of the AWS SDK, or of Node's network, say. */
interface RawFailure {
  /** `NoSuchBucket`, `TimeoutError` */
  name?: string
  /** `ECONNREFUSED` */
  code?: string
  $metadata?: { httpStatusCode?: number }
  cause?: unknown
}

/** The store as messages name it. */
export interface StoreName {
  endpoint: string
  bucket: string
  region: string
}

type Refusal = [reason: TargetReason, message: (store: StoreName) => string]

const ENDED_KEY: Refusal = [
  'wrong_key',
  ({ endpoint }) => `${endpoint} says that this access key has ended. Make a new one there.`,
]
const OTHER_REGION: Refusal = [
  'wrong_region',
  ({ bucket, region }) => `The bucket ${bucket} is not in the region ${region}. Enter the region it was made in.`,
]
const FULL: Refusal = [
  'target_full',
  ({ bucket }) => `The bucket ${bucket} is full. Make room there, or raise its limit.`,
]

/** By what S3 and those who speak like it call them. */
const REFUSALS = new Map<string, Refusal>([
  [
    'NoSuchBucket',
    [
      'no_such_bucket',
      ({ bucket, endpoint }) => `There is no bucket ${bucket} at ${endpoint}. Create it there, or correct its name.`,
    ],
  ],
  [
    'InvalidAccessKeyId',
    [
      'wrong_key',
      ({ endpoint }) => `${endpoint} does not know this access key ID. Correct it, or make a new key there.`,
    ],
  ],
  [
    'SignatureDoesNotMatch',
    [
      'wrong_key',
      ({ endpoint }) =>
        `${endpoint} says that the secret access key is not the one of this access key ID. Enter it again.`,
    ],
  ],
  [
    'RequestTimeTooSkewed',
    [
      'wrong_clock',
      ({ endpoint }) =>
        `The clocks of this server and of ${endpoint} differ by more than the store allows. Set them right.`,
    ],
  ],
  [
    'EntityTooLarge',
    [
      'target_full',
      ({ endpoint }) => `The archive is larger than ${endpoint} takes as one object. Choose another store for it.`,
    ],
  ],
  // Of `guarded-lookup.ts`.
  [
    'RefusedAddress',
    [
      'not_a_store',
      ({ endpoint }) =>
        `${endpoint} has an address that archives are not sent to: link-local addresses, those of cloud metadata services, and those that nobody can have.`,
    ],
  ],
  ['ExpiredToken', ENDED_KEY],
  ['InvalidToken', ENDED_KEY],
  ['PermanentRedirect', OTHER_REGION],
  ['AuthorizationHeaderMalformed', OTHER_REGION],
  ['QuotaExceeded', FULL],
  ['XMinioAdminBucketQuotaExceeded', FULL],
  ['XMinioStorageFull', FULL],
])

/** A body that is not what was sent: on the way it was damaged. */
const DAMAGED = new Set(['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'])
/** Somebody, or a rule of the store, ended an upload or changed an object in between. */
const INTERRUPTED = new Set(['NoSuchUpload', 'InvalidPart', 'InvalidPartOrder', 'PreconditionFailed'])

const NETWORK: Record<string, string> = {
  ECONNREFUSED: 'refuses the connection: nothing listens there',
  ENOTFOUND: 'is not known to the name server',
  EAI_AGAIN: 'could not be looked up: the name server does not answer',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
}

/**
 * Our words for what went wrong with a store; what is one of our errors already stays. The store's own text is never
 * shown: the address may be that of anything. The cause, for the log, is its name and status. What is no answer and no
 * failure of the network is answered as it is.
 */
export function s3Failure(error: unknown, store: StoreName): Error {
  if (error instanceof AppError) return error
  const { name = '', code = '', $metadata } = error as RawFailure
  const status = $metadata?.httpStatusCode
  const cause = new Error([name, code, status].filter((part) => part !== '' && part !== undefined).join(' '))
  const known = REFUSALS.get(name)
  if (known !== undefined) return refused(known[0], known[1](store), cause)
  if (DAMAGED.has(name)) {
    const message = `What arrived at ${store.endpoint} is not what was sent: it was damaged on the way.`
    return unreachable(message, cause, 'target_damaged')
  }
  if (INTERRUPTED.has(name)) {
    return unreachable(
      `Something else changed the object in ${store.bucket} while it was written or read. Begin again.`,
      cause,
    )
  }
  if (status !== undefined) return answeredFailure(status, store, cause)
  const isOurs = (code === '' && name !== 'TimeoutError') || code.startsWith('ERR_STREAM')
  return isOurs ? (error as Error) : networkFailure(name, code, store, cause)
}

function networkFailure(name: string, code: string, { endpoint }: StoreName, cause: Error): AppError {
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_|EPROTO/.test(code)) {
    const message = `The encrypted connection to ${endpoint} failed (${code}): its certificate is not trusted here, or it speaks no TLS. Give it a certificate that this server trusts (NODE_EXTRA_CA_CERTS), or correct the address.`
    return refused('no_certificate', message, cause)
  }
  const isLate = name === 'TimeoutError' && NETWORK[code] === undefined
  const what = isLate
    ? 'does not answer in time'
    : (NETWORK[code] ?? `cannot be reached (${code === '' ? name : code})`)
  return unreachable(`${endpoint} ${what}. Is the store running, and is the address right?`, cause)
}

function answeredFailure(status: number, { endpoint, bucket, region }: StoreName, cause: Error): AppError {
  if (status === 401 || status === 403) {
    return refused(
      'no_access',
      `${endpoint} refuses access to the bucket ${bucket}. Allow this key to read, write, list and delete there.`,
      cause,
    )
  }
  if (status === 301 || status === 307 || status === 308) {
    return refused(
      'wrong_region',
      `${endpoint} sends requests for ${bucket} elsewhere. Is the region ${region} right?`,
      cause,
    )
  }
  if (status === 507) return refused('target_full', `The bucket ${bucket} is full. Make room there.`, cause)
  if (status >= 500 || status === 429 || status === 408) {
    return unreachable(`${endpoint} is out of order or overloaded (HTTP ${status}). Is the store well?`, cause)
  }
  return refused(
    'not_a_store',
    `${endpoint} does not answer as an S3 store does (HTTP ${status}). Check the address, the bucket and the path style.`,
    cause,
  )
}
