import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf } from '#kernel/time'
import { checkTrail, sealEvents } from '#platform/audit'
import { refreshStatistics, systemProof } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import {
  demoPassword,
  demoPeople,
  demoTruth,
  fillDemo,
  type DemoSize,
  type DemoTruth,
} from '#modules/demo'
import { buildApp, jobHandlers } from '../src/app.ts'
import { nhsLoginPeople, startNhsLogin } from '../src/stand-ins/nhs-login/index.ts'
import { invariants } from '../src/survival/invariants.ts'
import { makeForbidden, type Finding } from './fuzz/checks.ts'
import { runFuzz, type Outcome, type Target } from './fuzz/run.ts'
import { everyKind, type Person } from './fuzz/visitors.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'

const requests = Number(process.env['FUZZ_REQUESTS'] ?? '700')
const seed = Number(process.env['FUZZ_SEED'] ?? '1')
const size: DemoSize = { practices: 2, patients: requests > 5000 ? 60 : 12, seed: 1 }
const opensAt = new Date('2026-03-03T10:03:00Z')
const MiB = 1024 * 1024

/** DESIGN I-1, I-2, I-7, I-9; more of it by `npm run fuzz -- --requests N --seed N`. */
describe('hostile requests to every route, as every kind of person', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let stopNhsLogin: () => Promise<void>
  let outcome: Outcome
  let practices: readonly OdsCode[]
  const faults: object[] = []

  beforeAll(async () => {
    database = await makeDatabase(opensAt)
    const { db } = database
    const today = localDateOf(opensAt)
    await fillDemo(db, { ...size, today, onProgress: () => undefined })
    await refreshStatistics(database.settings)
    const truths = [...demoTruth(size, today)]
    practices = [...new Set(truths.map(({ practice }) => practice))]
    const publicUrl = 'http://localhost'
    const people = await nhsLoginPeople(db, demoPeople(size))
    const nhsLogin = await startNhsLogin({ host: '127.0.0.1', port: 0, publicUrl, people })
    stopNhsLogin = () => nhsLogin.stop()
    app = await buildApp({
      db,
      log: { ...openLog('silent'), error: (fault) => faults.push(fault) },
      publicUrl,
      showNhsLogo: false,
      demoPassword,
      nhsLogin: nhsLogin.settings,
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const target: Target = {
      app,
      people: whoTries(database, truths, practices),
      forbidden: forbiddenFor(truths),
      faults: () => faults.splice(0),
      between: () => jobFaults(database),
    }
    outcome = await runFuzz(target, { requests, seed, onRound: report })
    tell(outcome)
  }, 12 * 3_600_000)
  afterAll(async () => {
    await app.close()
    await stopNhsLogin()
    await database.drop()
  })

  test('gets no fault, no held word, no element or header in, no way out, no slow answer', () => {
    expect(outcome.findings.slice(0, 20)).toEqual([])
  })

  test('reaches what a mild sender would: pages, forms taken, forms refused', () => {
    expect(outcome.routesReached.size).toBeGreaterThan(100)
    for (const status of [200, 303, 400, 403, 404])
      expect(outcome.statuses.get(status) ?? 0, String(status)).toBeGreaterThan(0)
  })

  test('leaves no memory behind', () => {
    expect(outcome.heapAtEnd - outcome.heapAfterWarmUp).toBeLessThan(40 * MiB)
  })

  test('leaves the trail whole, one live appointment to a slot, and what was held, held', async () => {
    for (const practice of practices) {
      const trail = await database.db.transaction(systemProof(practice), async (tx) => {
        while ((await sealEvents(tx)) > 0) continue
        return checkTrail(tx)
      })
      expect(trail).toMatchObject({ whole: true, unsealed: 0 })
    }
    expect(held.length).toBe(3)
    expect(await wrongInDatabase(database)).toEqual([])
  }, 600_000)
})

function whoTries(
  { db }: TestDatabase,
  truths: readonly DemoTruth[],
  [quiet, busy]: readonly OdsCode[],
): readonly Person[] {
  if (quiet === undefined || busy === undefined) throw new Error('Two practices are needed')
  const ofQuiet = truths.filter(({ practice }) => practice === quiet)
  const held = ofQuiet.toSorted((a, b) => b.secrets.length - a.secrets.length)[0]
  const huge = demoPeople(size).find((one) => one.practice === quiet && one.tryThis.length > 0)
  const other = truths.find(({ practice }) => practice === busy)
  if (!held || !huge || !other) throw new Error('The demo has too few people')
  return everyKind(db, quiet, busy, {
    held: held.patientId,
    huge: huge.subjectId,
    other: other.patientId,
  })
}

/** Of the first practice, where nobody decides anything, everything held stays so for everybody. */
function forbiddenFor(truths: readonly DemoTruth[]): Target['forbidden'] {
  const [{ practice: quiet } = { practice: '' }] = truths
  const wordsOf = (isWanted: (truth: DemoTruth) => boolean) =>
    truths.filter(isWanted).flatMap(({ secrets }) => secrets.map(({ phrase }) => phrase))
  const elsewhere = new Set(wordsOf(({ practice }) => practice !== quiet))
  const all = wordsOf(({ practice }) => practice === quiet)
  const others = all.filter((phrase) => !elsewhere.has(phrase))
  const made = new Map<string, (text: string) => string | undefined>()
  return ({ patientId = '' }) => {
    const known = made.get(patientId)
    if (known) return known
    const own = wordsOf((truth) => truth.practice === quiet && truth.patientId === patientId)
    const check = makeForbidden(own, others)
    made.set(patientId, check)
    return check
  }
}

const byKind = new Map(jobHandlers.map((handler) => [handler.kind as string, handler]))

async function jobFaults(database: TestDatabase): Promise<readonly string[]> {
  const { db } = database
  database.setNow(new Date(db.now().getTime() + 2000))
  const failed: string[] = []
  const log = {
    error: (facts: object) => failed.push(`a job failed: ${JSON.stringify(facts)}`),
    warn: (facts: object) => failed.push(`jobs: ${JSON.stringify(facts)}`),
    info: () => undefined,
  }
  for (let times = 0; times < 20; times++) if (!(await runDueJobs(db, byKind, log))) break
  return failed
}

/** Of what must hold whatever is killed, what says something of appointments and orders here. */
const held = invariants.filter(({ name }) => /^I-3 a slot|^I-6 no key/.test(name))

async function wrongInDatabase({ settings }: TestDatabase): Promise<readonly string[]> {
  const admin = new pg.Client(settings)
  await admin.connect()
  try {
    const wrong: string[] = []
    for (const { name, text } of held) {
      const { rows } = await admin.query<{ what: string }>(text)
      wrong.push(...rows.map(({ what }) => `${name}: ${what}`))
    }
    return wrong
  } finally {
    await admin.end()
  }
}

let told = 0
let lastAt = Date.now()

function report(sent: number, findings: readonly Finding[]): void {
  for (const finding of findings.slice(told)) console.log(JSON.stringify(finding))
  told = findings.length
  if (requests > 5000 && Date.now() - lastAt > 30_000) {
    lastAt = Date.now()
    console.log(`fuzz: ${sent} requests, ${findings.length} findings`)
  }
}

function tell(outcome: Outcome): void {
  const statuses = [...outcome.statuses].toSorted(([a], [b]) => a - b)
  console.log(
    `fuzz: ${outcome.requests} requests from seed ${seed}, ${outcome.findings.length} findings; ` +
      `answers ${statuses.map(([status, count]) => `${status}: ${count}`).join(', ')}; ` +
      `${outcome.renewals} sign-ins anew; slowest ${Math.round(outcome.slowestMs)} ms; heap ` +
      `${Math.round(outcome.heapAfterWarmUp / MiB)} to ${Math.round(outcome.heapAtEnd / MiB)} MiB`,
  )
  console.log(`slowest: ${outcome.slowest}`)
}
