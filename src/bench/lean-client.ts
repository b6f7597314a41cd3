import { connect, type Socket } from 'node:net'
import { NoAnswer, type Answer, type Client } from './client.ts'

interface Asked {
  readonly text: string
  readonly began: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: Error) => void
}

/**
 * Opens a client on at most `connections` kept-alive connections. It reads just as much HTTP as our
 * server speaks, so that it takes little of the machine that it shares with what it measures. An
 * answer that does not come within `withinMs` is a fault, as a broken connection is.
 */
export function openLeanClient(port: number, connections: number, withinMs = 120_000): Client {
  const idle: Lane[] = []
  const lanes: Lane[] = []
  const waiting: Asked[] = []
  const next = (lane: Lane) => {
    const asked = waiting.shift()
    if (asked) lane.send(asked)
    else idle.push(lane)
  }
  const another = (): Lane | undefined => {
    if (lanes.length >= connections) return undefined
    const lane = openLane(port, withinMs, next)
    lanes.push(lane)
    return lane
  }
  const ask = (method: string, path: string, cookie: string, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const form =
        body === undefined
          ? ''
          : `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
      const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\n${form}\r\n`
      const asked = { text: head + (body ?? ''), began: performance.now(), resolve, reject }
      const lane = idle.pop() ?? another()
      if (lane) lane.send(asked)
      else waiting.push(asked)
    })
  return {
    get: (path, cookie) => ask('GET', path, cookie),
    post: (path, cookie, form) => ask('POST', path, cookie, new URLSearchParams(form).toString()),
    close: () => lanes.forEach((lane) => lane.close()),
  }
}

interface Lane {
  send(asked: Asked): void
  close(): void
}

/** One connection, with at most one request on its way; opened again where the server closed it. */
function openLane(port: number, withinMs: number, next: (lane: Lane) => void): Lane {
  let socket: Socket | undefined
  let current: Asked | undefined
  let received: Buffer = Buffer.alloc(0)
  const fail = (fault: Error) => {
    socket = undefined
    received = Buffer.alloc(0)
    const asked = current
    current = undefined
    asked?.reject(fault)
    if (asked) next(lane)
  }
  const open = () => {
    const made = connect({ port, host: '127.0.0.1', noDelay: true })
    made.on('data', (piece: Buffer) => {
      received = received.length === 0 ? piece : Buffer.concat([received, piece])
      const answer = readAnswer(received)
      if (!answer || !current) return
      const { resolve, began } = current
      current = undefined
      received = Buffer.alloc(0)
      if (answer.closes) made.destroy()
      resolve({ ...answer, ms: performance.now() - began })
      next(lane)
    })
    let fault: Error = new Error('The connection broke before the answer came')
    made.setTimeout(withinMs, () => {
      fault = new NoAnswer('No answer came in time')
      made.destroy()
    })
    made.on('error', () => undefined)
    made.on('close', () => {
      if (socket === made) fail(fault)
    })
    return made
  }
  const lane: Lane = {
    send: (asked) => {
      current = asked
      socket = socket?.writable ? socket : open()
      socket.write(asked.text)
    },
    close: () => socket?.destroy(),
  }
  return lane
}

function readAnswer(
  received: Buffer,
): (Omit<Answer, 'ms'> & { readonly closes: boolean }) | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const head = received.toString('latin1', 0, headEnd)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const start = headEnd + 4
  if (received.length < start + length) return undefined
  return {
    status: Number(head.slice(9, 12)),
    location: /\r\nlocation: ([^\r]*)/i.exec(head)?.[1],
    retryAfter: /\r\nretry-after: ([^\r]*)/i.exec(head)?.[1],
    body: received.toString('utf8', start, start + length),
    bytes: length,
    closes: /\r\nconnection: close/i.test(head),
  }
}
