import { readFile } from 'node:fs/promises'
import { accept, refuse, type Result } from '#kernel/result'
import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import { demoPeople } from '#modules/demo'
import { nhsLoginPeople, startNhsLogin, type NhsLoginStandIn } from './stand-ins/nhs-login/index.ts'

/** The stand-in's port is the service's own and this, where that is free. */
const portsApart = 10_000

/**
 * NHS login as the settings name it; in a demonstration without any, a stand-in of our own. Refuses
 * with one line for the console where the key cannot be read.
 */
export async function openNhsLogin(
  config: Config,
  db: Database,
): Promise<Result<NhsLoginStandIn | undefined, string>> {
  const { nhsLogin } = config
  if (nhsLogin) {
    const { issuer, clientId, keyFile } = nhsLogin
    const privateKey = await readFile(keyFile, 'utf8').catch(() => '')
    if (!privateKey.includes('BEGIN PRIVATE KEY'))
      return refuse('NHS_LOGIN_KEY_FILE: cannot be read, or holds no private key in PKCS 8 PEM')
    const settings = { issuer, clientId, privateKey }
    return accept({ settings, stop: () => Promise.resolve() })
  }
  if (!config.demo) return accept(undefined)
  const port = config.port + portsApart
  const standIn = await startNhsLogin({
    host: config.host,
    port: port < 65_536 ? port : 0,
    publicUrl: config.publicUrl,
    people: await nhsLoginPeople(db, demoPeople()),
  })
  return accept(standIn)
}
