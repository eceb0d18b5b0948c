import { connect, type Socket } from 'node:net'

/** A caller on one connection that is kept: as little of its own work as can be, for it would be measured too. */
export interface HttpClient {
  /** Sends one request and answers the body; fails on any status but 200. */
  send(url: string, options: { method?: string; token: string; body?: string }): Promise<string>
  close(): void
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** Connects with the first request. One request at a time. */
export function openHttp(): HttpClient {
  let socket: Socket | undefined
  return {
    async send(url, { method = 'GET', token, body = '' }) {
      const { hostname, port, host, pathname, search } = new URL(url)
      socket ??= connect({ host: hostname, port: Number(port), noDelay: true })
      const head = [
        `${method} ${pathname}${search} HTTP/1.1`,
        `host: ${host}`,
        `authorization: Bearer ${token}`,
        ...(body === '' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
      return readReply(socket)
    },
    close: () => void socket?.destroy(),
  }
}

/** Reads one reply of a known length, as the server sends them. */
function readReply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let received = 0
    let whole = Number.POSITIVE_INFINITY
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk)
      received += chunk.length
      if (whole === Number.POSITIVE_INFINITY) {
        chunks = [Buffer.concat(chunks)]
        whole = wholeLength(chunks[0])
      }
      if (received < whole) return
      done()
      const text = Buffer.concat(chunks).toString()
      const bodyAt = text.indexOf('\r\n\r\n') + END_OF_HEAD.length
      if (text.startsWith('HTTP/1.1 200')) resolve(text.slice(bodyAt))
      else reject(new Error(text.slice(0, 1_000)))
    }
    const onEnd = (): void => {
      done()
      reject(new Error('The server closed the connection'))
    }
    const done = (): void => {
      socket.off('data', onData)
      socket.off('close', onEnd)
      socket.off('error', onEnd)
    }
    socket.on('data', onData)
    socket.on('close', onEnd)
    socket.on('error', onEnd)
  })
}

/** Bytes of head and body; infinite while the head is not there yet. */
function wholeLength(reply: Buffer | undefined): number {
  const end = reply?.indexOf(END_OF_HEAD) ?? -1
  if (reply === undefined || end === -1) return Number.POSITIVE_INFINITY
  const length = /content-length: (\d+)/i.exec(reply.subarray(0, end).toString('latin1'))?.[1]
  if (length === undefined) throw new Error('A reply without content-length')
  return end + END_OF_HEAD.length + Number(length)
}
