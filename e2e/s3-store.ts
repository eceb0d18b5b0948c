import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const MODULE = join(import.meta.dirname, '..', 'src', 'server', 'testing', 's3-server.ts')

/** Prints where the store is, as one line of JSON, and ends with its input. */
const PROGRAM = `
  import { startS3Server } from ${JSON.stringify(MODULE)}
  const { endpoint, bucket, accessKeyId, secret, close } = await startS3Server()
  console.log(JSON.stringify({ endpoint, bucket, accessKeyId, secret }))
  process.stdin.on('end', () => void close().then(() => process.exit(0))).resume()
`

export interface S3Store {
  endpoint: string
  bucket: string
  accessKeyId: string
  secret: string
  stop(): Promise<void>
}

/** The S3 server of the server's tests, in a process of its own: it checks signatures. */
export async function startS3Store(): Promise<S3Store> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const place = JSON.parse(line.toString()) as Omit<S3Store, 'stop'>
  return {
    ...place,
    async stop() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
