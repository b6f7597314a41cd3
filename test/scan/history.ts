import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { systemProof } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import { openAccess, setPracticeServices } from '#modules/access'
import { beginSignIn, type AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { jobHandlers } from '../../src/app.ts'
import { randomFrom } from '../../src/modules/demo/domain/random.ts'
import type { TestDatabase } from '../support/database.ts'
import { aPatient, anAccount } from '../support/surgery.ts'
import { markOf } from './given-record.ts'
import {
  decideSomething,
  importAgain,
  releaseSome,
  turnSwitches,
  type Decider,
  type World,
} from './steps.ts'
import { doorsThatTell, searchAnswer, surfacesOf } from './surfaces.ts'
import { factsOf, isShownToAny, mayReach } from './truth.ts'

/** What all histories of a scan share. */
export interface Stage {
  readonly database: TestDatabase
  readonly app: FastifyInstance
  readonly admin: pg.Client
  readonly practice: OdsCode
  readonly deciders: readonly Decider[]
}

/** What a history found, and how much it looked at. */
export interface Found {
  /** What should not have been there, in words, with where and after what. */
  readonly leaks: readonly string[]
  readonly answersRead: number
  /** Marks that may be seen and were: the scan would see a leak too. */
  readonly marksSeen: number
}

interface Reader {
  readonly name: 'patient' | 'proxy'
  readonly accountId: AccountId
  readonly cookie: string
}

const stepsEach = 6
const log = openLog('silent')
const handlers = new Map(jobHandlers.map((one) => [one.kind, one]))

/**
 * One random history of one patient's record: it comes in, is screened, decided about, recalled,
 * sent again and opened to this or that level, and after each step all that the patient and
 * somebody who acts for them are given is searched for words that must not be there.
 */
export async function runHistory(stage: Stage, seed: number): Promise<Found> {
  const random = randomFrom('scan', seed)
  const { database, practice } = stage
  const { db } = database
  const { patientId, readers } = await openPatient(stage)
  const all = {
    isOpen: true,
    current: 'full',
    historical: 'full',
    effectiveFrom: new Date(0),
  } as const
  let marks = 0
  const world: World = {
    db,
    admin: stage.admin,
    practice,
    patientId,
    deciders: stage.deciders,
    random,
    nextMark: () => markOf(seed * 1000 + ++marks),
    source: new Map(),
    marks: new Map(),
    takenOut: new Map(),
    readers: new Map(readers.map(({ accountId }) => [accountId, all])),
    practiceLevel: 'full',
    told: [],
  }
  await db.transaction(systemProof(practice), (tx) =>
    setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' }),
  )
  await importAgain(world)
  await releaseSome(world)
  const found = { leaks: [] as string[], answersRead: 0, marksSeen: 0 }
  for (let step = 0; step < stepsEach && found.leaks.length === 0; step++) {
    database.setNow(minutesAfter(db.now(), 7))
    await takeStep(world)
    while (await runDueJobs(db, handlers, log)) continue
    const seen = await lookEverywhere(stage.app, world, readers)
    found.answersRead += seen.answersRead
    found.marksSeen += seen.marksSeen
    found.leaks.push(...seen.leaks.map((leak) => `seed ${seed}, ${world.told.join('; ')}: ${leak}`))
  }
  return found
}

async function takeStep(world: World): Promise<void> {
  const { random } = world
  const step = random.weighted([
    [6, decideSomething],
    [2, importAgain],
    [3, turnSwitches],
  ])
  if (step === importAgain) world.told.push('import')
  await step(world)
  if (step !== turnSwitches) await releaseSome(world)
}

async function openPatient({ database, practice, app }: Stage) {
  const { db } = database
  const selfId = await anAccount(db, 'patient', { practice, subjectId: newId(db.now()) })
  const own = await aPatient(db, practice, { accountId: selfId })
  const proxyId = await anAccount(db, 'patient', { practice, subjectId: own.patientId })
  await db.transaction(systemProof(practice), (tx) =>
    openAccess(tx, {
      accountId: proxyId,
      patientId: own.patientId,
      relation: 'proxy',
      appointments: 'manage',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
      effectiveFrom: new Date(0),
    }),
  )
  const readers: Reader[] = []
  for (const [name, accountId] of [
    ['patient', selfId],
    ['proxy', proxyId],
  ] as const) {
    const relation = name === 'patient' ? ('self' as const) : ('proxy' as const)
    const link = { practice, subjectId: own.patientId, relation }
    const token = await beginSignIn(db, accountId, 'patient', link)
    readers.push({ name, accountId, cookie: `patient-sign-in=${accountId}.${token}` })
  }
  for (const { cookie } of readers) await takeFirstLook(app, cookie)
  return { patientId: own.patientId, readers }
}

async function takeFirstLook(app: FastifyInstance, cookie: string): Promise<void> {
  const page = await app.inject({ url: '/record', headers: { cookie } })
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  await app.inject({
    method: 'POST',
    url: '/record/first-look',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: csrf }).toString(),
  })
}

async function lookEverywhere(
  app: FastifyInstance,
  world: World,
  readers: readonly Reader[],
): Promise<Found> {
  const { admin, practice, patientId } = world
  const facts = await factsOf(admin, practice, patientId)
  const leaks: string[] = [...(await roleLeaks(world, facts))]
  let answersRead = 0
  let marksSeen = 0
  for (const reader of readers) {
    const open = openMarks(world, facts, reader.accountId)
    const orderable = orderableMarks(world, facts, reader.accountId)
    const surfaces = await surfacesOf(app, reader.cookie, { withPdf: world.random.chance(0.3) })
    answersRead += surfaces.length
    for (const mark of world.marks.keys()) {
      const where = surfaces.filter(({ words }) => words.includes(mark)).map((one) => one.where)
      if (open.has(mark)) marksSeen += where.length > 0 ? 1 : 0
      else {
        const wrong = where.filter((one) => one !== '/prescriptions' || !orderable.has(mark))
        leaks.push(...wrong.map((one) => `${reader.name} is given ${mark} at ${one}`))
      }
    }
    leaks.push(...(await traces(app, world, reader, open)))
  }
  return { leaks, answersRead, marksSeen }
}

/** The marks that this reader may be given now. */
function openMarks(
  world: World,
  facts: Awaited<ReturnType<typeof factsOf>>,
  accountId: AccountId,
): ReadonlySet<string> {
  const switches = world.readers.get(accountId)
  if (!switches) throw new Error('A reader without switches')
  const open = facts.flatMap((fact) => {
    const mark = world.source.get(fact.sourceKey)?.mark
    if (mark === undefined || isTakenOut(world, fact.sourceKey, mark, fact.decisionNo)) return []
    return mayReach(fact, switches, world.practiceLevel, mark) ? [mark] : []
  })
  return new Set(open)
}

/** Medicines can be ordered at any level of the record, if decisions show them. Source: DOMAIN RX-1. */
function orderableMarks(
  world: World,
  facts: Awaited<ReturnType<typeof factsOf>>,
  accountId: AccountId,
): ReadonlySet<string> {
  const isOpen = world.readers.get(accountId)?.isOpen === true
  return new Set(
    facts.flatMap((fact) => {
      const mark = world.source.get(fact.sourceKey)?.mark
      const isIt = fact.kind === 'medication' && isOpen && isShownToAny(fact)
      if (mark === undefined || !isIt) return []
      return isTakenOut(world, fact.sourceKey, mark, fact.decisionNo) ? [] : [mark]
    }),
  )
}

function isTakenOut(world: World, key: string, mark: string, decisionNo: number): boolean {
  const taken = world.takenOut.get(key)
  return taken?.mark === mark && taken.decisionNo === decisionNo
}

/** What the patient's database role can read past all pages: nothing that no decision releases. */
async function roleLeaks(
  world: World,
  facts: Awaited<ReturnType<typeof factsOf>>,
): Promise<readonly string[]> {
  const { admin, practice, patientId } = world
  const [accountId = ''] = [...world.readers.keys()]
  const rows = await asPatientRole(admin, { practice, patientId, accountId })
  const released = new Set(
    facts.filter(isShownToAny).flatMap((fact) => {
      const mark = world.source.get(fact.sourceKey)?.mark
      const isOut = mark === undefined || isTakenOut(world, fact.sourceKey, mark, fact.decisionNo)
      return isOut ? [] : [mark]
    }),
  )
  return [...world.marks.keys()]
    .filter((mark) => !released.has(mark) && rows.includes(mark))
    .map((mark) => `the database role reads ${mark}`)
}

async function asPatientRole(
  admin: pg.Client,
  at: { readonly practice: string; readonly patientId: PatientId; readonly accountId: string },
): Promise<string> {
  const readable = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, name) as name from (
       select schemaname, tablename as name from pg_tables
       union all select schemaname, viewname from pg_views) relation
     where schemaname not in ('pg_catalog', 'information_schema')
       and has_schema_privilege('po_patient', schemaname, 'usage')
       and has_table_privilege('po_patient', format('%I.%I', schemaname, name), 'select')
     order by 1`,
  )
  await admin.query('begin')
  try {
    await admin.query(
      `set local role po_patient; set local app.practice = '${at.practice}'; set local app.patient = '${at.patientId}'; set local app.account = '${at.accountId}'`,
    )
    const parts: string[] = []
    for (const { name } of readable.rows) {
      const { rows } = await admin.query<{ row: string }>(
        `select one::text as row from ${name} one`,
      )
      parts.push(...rows.map(({ row }) => row))
    }
    return parts.join('\n')
  } finally {
    await admin.query('rollback')
  }
}

/** Searching for words that this reader may not see, and asking for such an entry, tells nothing. */
async function traces(
  app: FastifyInstance,
  world: World,
  reader: Reader,
  open: ReadonlySet<string>,
): Promise<readonly string[]> {
  const closed = [...world.marks.keys()].filter((mark) => !open.has(mark))
  if (closed.length === 0) return []
  const mark = world.random.pick(closed)
  const [asked, never] = await Promise.all([
    searchAnswer(app, reader.cookie, mark),
    searchAnswer(app, reader.cookie, 'zqneverwrittenq'),
  ])
  const told = asked === never ? [] : [`${reader.name} learns of ${mark} by searching`]
  const key = world.marks.get(mark)
  const isCurrent = key !== undefined && world.source.get(key)?.mark === mark
  const facts = await factsOf(world.admin, world.practice, world.patientId)
  const fact = facts.find((one) => one.sourceKey === key)
  if (!isCurrent || !fact || (isShownToAny(fact) && world.readers.get(reader.accountId)?.isOpen))
    return told
  const doors = await doorsThatTell(app, reader.cookie, fact.entryId)
  return [...told, ...doors.map((door) => `${reader.name} learns of ${mark} at ${door}`)]
}
