import { createServer, type AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { localDateOf } from '#kernel/time'
import { currentCode } from '#platform/auth'
import { refreshStatistics, sql, type Database } from '#platform/db'
import { startWorker } from '#platform/jobs'
import { openLog } from '#platform/log'
import { accountIdByEmail, beginSignIn, type AccountId } from '#modules/accounts'
import { demoPassword, demoPeople, fillDemo, type DemoPerson, type DemoSize } from '#modules/demo'
import { buildApp, jobHandlers } from '../../src/app.ts'
import { nhsLoginPeople, startNhsLogin } from '../../src/stand-ins/nhs-login/index.ts'
import { launchBrowser } from './browser.ts'
import { makeDatabase } from './database.ts'

/** The whole service as people meet it, with made-up practices and a browser. */
export interface Site {
  readonly address: string
  readonly db: Database
  readonly browser: Browser
  readonly people: readonly DemoPerson[]
  /** Faults that the server logged. None is expected; who tells of them takes them out. */
  readonly faults: unknown[]
}

const size: DemoSize = { practices: 2, patients: 60, seed: 1 }

/** A Tuesday morning on which surgeries are open, so that no test depends on the day it runs. */
const opensAt = new Date('2026-03-03T10:03:00Z')
const tickMs = 20

let opened: Promise<Site> | undefined

/**
 * The site that every file of the run shares; started by the first that asks. Server, worker and
 * browser end with the process that runs the files, and the database with the run.
 */
export function openSite(): Promise<Site> {
  opened ??= start()
  return opened
}

async function start(): Promise<Site> {
  const database = await makeDatabase(opensAt)
  const { db } = database
  const startedAt = Date.now()
  const tick = () => database.setNow(new Date(opensAt.getTime() + Date.now() - startedAt))
  setInterval(tick, tickMs).unref()

  await fillDemo(db, { ...size, today: localDateOf(opensAt), onProgress: () => undefined })
  await refreshStatistics(database.settings)
  const faults: unknown[] = []
  const log = { ...openLog('silent'), error: (...fault: unknown[]) => faults.push(fault) }
  const port = await aFreePort()
  // By name: passkeys are good for a host that has one.
  const address = `http://localhost:${port}`
  const people = demoPeople(size)
  const nhsLogin = await startNhsLogin({
    host: '127.0.0.1',
    port: 0,
    publicUrl: address,
    people: await nhsLoginPeople(db, people),
  })
  const app = await buildApp({
    db,
    log,
    publicUrl: address,
    showNhsLogo: false,
    demoPassword,
    nhsLogin: nhsLogin.settings,
  })
  await app.listen({ port, host: '127.0.0.1' })
  startWorker(db, jobHandlers, log)
  const browser = await launchBrowser()
  return { address, db, browser, people, faults }
}

/** A port that was free a moment ago: the address must be known before the service listens. */
function aFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const parts = [
  'full',
  'detailedOnly',
  'appointmentsOnly',
  'allOff',
  'youngAdult',
  'hugeRecord',
  'emptyRecord',
  'muchHeld',
  'safeguardingLead',
  'prescriber',
  'nurse',
  'manager',
  'receptionist',
  'recordsClerk',
  'igLead',
] as const

/** The people of one of the made-up practices, from 0, by what they are there for. */
export function peopleOf(
  site: Site,
  practice: 0 | 1,
): Readonly<Record<(typeof parts)[number], DemoPerson>> {
  const codes = [...new Set(site.people.map((person) => person.practice))]
  const people = site.people.filter((person) => person.practice === codes[practice])
  const named = parts.map((part, place) => [part, people[place]])
  return Object.fromEntries(named) as Readonly<Record<(typeof parts)[number], DemoPerson>>
}

/** The account that somebody signs in to. */
async function accountIdOf(
  db: Database,
  { email, face }: Pick<DemoPerson, 'email' | 'face'>,
): Promise<AccountId> {
  const accountId = await accountIdByEmail(db, email, face)
  if (accountId === undefined) throw new Error(`Nobody signs in as ${email}`)
  return accountId
}

/** The six digits that a person's authenticator app shows now. */
export async function codeNow(
  { db }: Site,
  person: Pick<DemoPerson, 'email' | 'face'>,
): Promise<string> {
  const accountId = await accountIdOf(db, person)
  const account = await db.accounts.maybe<{ readonly totpSecret: string }>(sql`
    select totp_secret
    from accounts.account
    where account_id = ${accountId}
  `)
  if (!account) throw new Error('The account has no authenticator app')
  return currentCode(account.totpSecret, db.now())
}

/** A sign-in begun without the form: the cookie a browser would have. */
export async function cookieFor({ db, address }: Site, person: DemoPerson) {
  const accountId = await accountIdOf(db, person)
  const token = await beginSignIn(db, accountId, person.face, {
    practice: person.practice,
    subjectId: person.subjectId,
    relation: person.face === 'practice' ? 'staff' : 'self',
  })
  return { name: `${person.face}-sign-in`, value: `${accountId}.${token}`, url: address }
}
