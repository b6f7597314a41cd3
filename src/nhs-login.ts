import { readFile } from 'node:fs/promises'
import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import { demoPeople } from '#modules/demo'
import { nhsLoginPeople, startNhsLogin, type NhsLoginStandIn } from './stand-ins/nhs-login/index.ts'

/** The stand-in's port is the service's own and this, where that is free. */
const portsApart = 10_000

/** NHS login as the settings name it; in a demonstration without any, a stand-in of our own. */
export async function openNhsLogin(
  config: Config,
  db: Database,
): Promise<NhsLoginStandIn | undefined> {
  const { nhsLogin } = config
  if (nhsLogin) {
    const { issuer, clientId, keyFile } = nhsLogin
    const privateKey = await readFile(keyFile, 'utf8')
    return { settings: { issuer, clientId, privateKey }, stop: () => Promise.resolve() }
  }
  if (!config.demo) return undefined
  const port = config.port + portsApart
  return startNhsLogin({
    host: config.host,
    port: port < 65_536 ? port : 0,
    publicUrl: config.publicUrl,
    people: await nhsLoginPeople(db, demoPeople()),
  })
}
