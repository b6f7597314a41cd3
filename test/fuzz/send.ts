import { request } from 'node:http'
import type { Agent, OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** What is sent, whole. */
export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  readonly from: string
}

/** What came back. A status of 0: it could not be sent, or the connection was ended. */
export interface Incoming {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  readonly ms: number
}

const known = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const

/** Whether a method can be asked without a socket. */
export const isAskable = (method: string): boolean => known.some((one) => one === method)

/** Asks the service without a socket: ten times as fast, but addresses are tidied on the way. */
export async function ask(app: FastifyInstance, outgoing: Outgoing): Promise<Incoming> {
  const { method, url, headers, body, from } = outgoing
  const began = performance.now()
  const answer = await app.inject({
    method: known.find((one) => one === method) ?? 'GET',
    url,
    headers,
    remoteAddress: from,
    ...(body && { payload: body }),
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body,
    ms: performance.now() - began,
  }
}

/** Asks it over a connection, the address as it is. */
export function askByWire(
  app: FastifyInstance,
  agent: Agent,
  { method, url, headers, body, from }: Outgoing,
): Promise<Incoming> {
  const began = performance.now()
  const { port } = app.server.address() as AddressInfo
  return new Promise((resolve) => {
    const give = (status: number, given: OutgoingHttpHeaders, text: string) =>
      resolve({ status, headers: given, body: text, ms: performance.now() - began })
    const nothing = () => give(0, {}, '')
    try {
      const length = body ? { 'content-length': String(body.length) } : {}
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path: url,
          headers: { 'x-forwarded-for': from, ...headers, ...length },
          timeout: 20_000,
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', nothing)
          answer.on('end', () =>
            give(answer.statusCode ?? 0, answer.headers, Buffer.concat(parts).toString()),
          )
        },
      )
      sent.on('error', nothing)
      sent.on('timeout', () => sent.destroy())
      sent.on('upgrade', (_, socket) => {
        socket.destroy()
        nothing()
      })
      sent.end(body)
    } catch {
      nothing()
    }
  })
}
