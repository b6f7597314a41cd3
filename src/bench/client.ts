import { Agent, request as send } from 'node:http'

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  /** Seconds after which to come back, where the answer says so. */
  readonly retryAfter: string | undefined
  readonly body: string
  /** Bytes of the body as transferred. */
  readonly bytes: number
  readonly ms: number
}

/** A request that was left hanging: worse than a broken connection, which tells. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** A browser without scripts: keeps connections open, sends one person's cookie, does not follow. */
export interface Client {
  get(path: string, cookie: string): Promise<Answer>
  post(path: string, cookie: string, form: Readonly<Record<string, string>>): Promise<Answer>
  close(): void
}

/**
 * Opens a client on at most `connections` kept-alive connections. An answer that does not come within
 * `withinMs` is a fault, as a broken connection is.
 */
export function openClient(port: number, connections: number, withinMs = 120_000): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = (method: string, path: string, cookie: string, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const began = performance.now()
      const headers = {
        cookie,
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        }),
      }
      const outgoing = send(
        { host: '127.0.0.1', port, agent, method, path, headers },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', () => {
            const whole = Buffer.concat(chunks)
            resolve({
              status: incoming.statusCode ?? 0,
              location: incoming.headers.location,
              retryAfter: incoming.headers['retry-after'],
              body: whole.toString('utf8'),
              bytes: whole.length,
              ms: performance.now() - began,
            })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.setTimeout(withinMs, () => outgoing.destroy(new NoAnswer('No answer came in time')))
      outgoing.end(body)
    })
  return {
    get: (path, cookie) => ask('GET', path, cookie),
    post: (path, cookie, form) => ask('POST', path, cookie, new URLSearchParams(form).toString()),
    close: () => agent.destroy(),
  }
}

/** The hidden fields of the page's forms, as a browser would send them. */
export function hiddenFields(html: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [tag] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    const value = /value="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined) fields[name] = value ?? ''
  }
  return fields
}
