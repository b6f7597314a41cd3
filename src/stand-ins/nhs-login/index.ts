import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OpenIdSettings } from '#platform/auth'
import type { StandInPerson } from './person.ts'
import { standInProvider } from './provider.ts'

export { nhsLoginPeople } from './people.ts'
export type { StandInPerson } from './person.ts'

/** A stand-in that runs, and how a service signs people in with it. */
export interface NhsLoginStandIn {
  readonly settings: OpenIdSettings
  stop(): Promise<void>
}

/**
 * Starts a stand-in for NHS login for one service: on the port wished for, or on any where that is
 * taken. Everybody in `people` can be chosen there, at any level.
 */
export async function startNhsLogin(options: {
  readonly host: string
  readonly port: number
  /** Where people reach the service; the stand-in is at the same host on its own port. */
  readonly publicUrl: string
  readonly people: readonly StandInPerson[]
}): Promise<NhsLoginStandIn> {
  const server = createServer()
  const port = await listen(server, options.host, options.port)
  const issuer = `http://${new URL(options.publicUrl).hostname}:${port}`
  const { exportJWK, exportPKCS8, generateKeyPair } = await import('jose')
  const { privateKey, publicKey } = await generateKeyPair('RS512', { extractable: true })
  const clientId = 'patient-online'
  const client = {
    clientId,
    redirectUri: `${options.publicUrl.replace(/\/$/, '')}/sign-in/nhs-login/callback`,
    publicKey: await exportJWK(publicKey),
  }
  const answer = await standInProvider(issuer, client, options.people)
  server.on('request', (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' })
      response.end('The stand-in for NHS login could not go on. Go back and begin again.')
    })
  })
  return {
    settings: { issuer, clientId, privateKey: await exportPKCS8(privateKey) },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  const open = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  await open(port).catch(() => open(0))
  return (server.address() as AddressInfo).port
}
