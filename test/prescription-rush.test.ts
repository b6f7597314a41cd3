import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { addDays, localDateOf } from '#kernel/time'
import { csrfToken } from '#platform/auth'
import { migrate, openDatabase, sql, systemProof, type Database } from '#platform/db'
import { startEmbedded, type EmbeddedDatabase } from '#platform/postgres'
import { beginSignIn, createAccountsInBulk } from '#modules/accounts'
import { addStaff } from '#modules/directory'
import { bundle } from '../scripts/launch/bundle.js'
import { odsCode, signedInPatients } from '../src/bench/people.ts'
import { startServer, type ServerUnderTest } from '../src/bench/server.ts'

const practice = odsCode('Y99004')
/** The full size is 1000: RUSH_PATIENTS=1000. */
const patients = Number(process.env['RUSH_PATIENTS'] ?? 60)
const medicinesEach = 2
const deciders = 4
const together = 48

interface Person {
  readonly id: string
  readonly cookie: string
  readonly csrf: string
}

interface Patient extends Person {
  readonly medicines: readonly string[]
  readonly key: string
}

interface Said {
  readonly itemId: string
  readonly by: string
  readonly state: 'approved' | 'rejected'
}

/** A real server process over HTTP, on a database whose commits are on disk. */
describe(`${patients} patients order while ${deciders} staff decide`, () => {
  let dataDir: string
  let embedded: EmbeddedDatabase
  let db: Database
  let server: ServerUnderTest
  let people: readonly Patient[]
  let staff: readonly Person[]

  beforeAll(async () => {
    await bundle(fileURLToPath(new URL('..', import.meta.url)), ['src/main.ts'])
    dataDir = mkdtempSync(join(tmpdir(), 'patient-online-rush-'))
    embedded = await startEmbedded({ dataDir, stopsWithOwner: true })
    await migrate(embedded.connection, 'database/migrations')
    db = openDatabase(embedded.connection, () => new Date())
    people = await patientsWithMedicines(db)
    staff = await signedInDeciders(db)
    server = await startServer(embedded.url)
  }, 180_000)

  afterAll(async () => {
    await server.stop()
    await db.close()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('with the server killed in the middle: nothing is lost, and nothing decided twice', async () => {
    const began = performance.now()
    const site = { port: () => server.port, isDown: false }
    const orders = new Map<string, string>()
    const said: Said[] = []
    const told = { taken: 0 }

    const ordering = everyone(people, together, async (patient) => {
      orders.set(patient.id, await orderUntilTold(site, patient))
    })
    const isOrdered = () => orders.size === people.length
    const deciding = Promise.all(
      staff.map((one, index) => decideUntilNone(site, one, index, { said, told, isOrdered })),
    )
    await until(() => said.length >= (people.length * medicinesEach) / 4)
    site.isDown = true
    await server.kill()
    server = await startServer(embedded.url)
    site.isDown = false
    await Promise.all([ordering, deciding])
    const seconds = ((performance.now() - began) / 1000).toFixed(1)

    const { items, steps, events, jobs, orderIds } = await written(db)
    expect(new Set(orders.values())).toEqual(new Set(orderIds))
    expect(orderIds).toHaveLength(people.length)
    expect(items).toHaveLength(people.length * medicinesEach)
    expect(new Set(items.map((item) => item.medicationId)).size).toBe(items.length)
    for (const counted of [steps, events, jobs]) {
      expect(counted.toSorted()).toEqual(items.map((item) => item.itemId).toSorted())
    }
    const byId = new Map(items.map((item) => [item.itemId, item]))
    for (const one of said) {
      expect(byId.get(one.itemId)).toMatchObject({ state: one.state, decidedBy: one.by })
    }
    expect(new Set(said.map((one) => one.itemId)).size).toBe(items.length)
    expect(new Set(said.map((one) => one.by)).size).toBe(deciders)
    process.stdout.write(
      `${people.length} orders, ${items.length} decisions by ${deciders}, ${told.taken} told that a colleague was first, ${seconds} s\n`,
    )
  }, 240_000)
})

interface Site {
  port(): number
  isDown: boolean
}

interface Answer {
  readonly status: number
  readonly location: string
  readonly body: string
}

/** Asks until somebody answers: as people do whose page did not come. */
async function ask(
  site: Site,
  person: Person,
  path: string,
  form?: readonly (readonly [string, string])[],
): Promise<Answer> {
  for (;;) {
    if (!site.isDown) {
      try {
        const answer = await fetch(`http://127.0.0.1:${site.port()}${path}`, {
          redirect: 'manual',
          headers: { cookie: person.cookie },
          ...(form && {
            method: 'POST',
            body: new URLSearchParams([['_csrf', person.csrf], ...form.map(([a, b]) => [a, b])]),
          }),
        })
        const body = await answer.text()
        if (answer.status < 500) {
          return { status: answer.status, location: answer.headers.get('location') ?? '', body }
        }
      } catch {
        // No answer: it may or may not have been done, so the same is asked again.
      }
    }
    await pause(100)
  }
}

async function orderUntilTold(site: Site, patient: Patient): Promise<string> {
  const answer = await ask(site, patient, '/prescriptions/orders', [
    ...patient.medicines.map((id) => ['medicine', id] as const),
    ['idempotencyKey', patient.key],
    ['destination', 'paper'],
  ])
  expect(answer.status).toBe(303)
  return answer.location.split('/').at(-1) ?? ''
}

/** Reads the queue again and again, and decides what is on it: one by one, and many at once. */
async function decideUntilNone(
  site: Site,
  one: Person,
  index: number,
  seen: { readonly said: Said[]; readonly told: { taken: number }; isOrdered(): boolean },
): Promise<void> {
  for (let round = 0; ; round++) {
    const isLast = seen.isOrdered()
    // Two at each page, as far as there is one: they meet there, and do not all meet everywhere.
    const page = round % 2 === 0 ? 1 + Math.floor(index / 2) : 1
    const queue = await ask(site, one, `/practice/prescriptions?page=${page}`)
    const waiting = waitingOn(queue.body)
    if (waiting.length === 0 && page > 1) continue
    if (waiting.length === 0 && isLast) return
    if (waiting.length === 0) await pause(100)
    // Two of them begin at the same end, so that they meet.
    const mine = index % 2 === 0 ? waiting : waiting.toReversed()
    if ((round + index) % 3 === 0) await approveTicked(site, one, mine, seen.said)
    else for (const item of mine.slice(0, 20)) await decideOne(site, one, item, seen)
  }
}

interface Shown {
  readonly itemId: string
  readonly version: string
}

function waitingOn(html: string): readonly Shown[] {
  return [...html.matchAll(/name="item" value="([0-9a-f-]+):(\d+)"/g)].map(
    ([, itemId = '', version = '']) => ({ itemId, version }),
  )
}

async function decideOne(
  site: Site,
  one: Person,
  item: Shown,
  { said, told }: { readonly said: Said[]; readonly told: { taken: number } },
): Promise<void> {
  const state = Number.parseInt(item.itemId.slice(-1), 16) % 3 === 0 ? 'rejected' : 'approved'
  const form: readonly (readonly [string, string])[] = [
    ['version', item.version],
    ...(state === 'rejected' ? [['reason', 'needs-consultation'] as const] : []),
  ]
  const step = state === 'rejected' ? 'reject' : 'approve'
  const answer = await ask(site, one, `/practice/prescriptions/items/${item.itemId}/${step}`, form)
  if (answer.status === 303) said.push({ itemId: item.itemId, by: one.id, state })
  else {
    expect(answer.status).toBe(409)
    expect(answer.body).toMatch(/Dr Decider \d (approved|rejected) it on/)
    told.taken += 1
  }
}

async function approveTicked(
  site: Site,
  one: Person,
  items: readonly Shown[],
  said: Said[],
): Promise<void> {
  const ticked = items.slice(0, 20)
  const answer = await ask(
    site,
    one,
    '/practice/prescriptions/approve',
    ticked.map(({ itemId, version }) => ['item', `${itemId}:${version}`] as const),
  )
  expect([200, 409]).toContain(answer.status)
  const left = [...answer.body.matchAll(/data-item="([0-9a-f-]+)"/g)].map(([, id]) => id)
  for (const { itemId } of ticked) {
    if (!left.includes(itemId)) said.push({ itemId, by: one.id, state: 'approved' })
  }
}

async function everyone<One>(
  all: readonly One[],
  atOnce: number,
  work: (one: One) => Promise<void>,
): Promise<void> {
  const queue = all.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of queue) await work(one)
    }),
  )
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(20)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}

/** Titles that stay released when the server reads them again by its rules. */
const ordinary = [
  'Amlodipine 5mg tablets',
  'Atorvastatin 20mg tablets',
  'Bisoprolol 5mg tablets',
  'Lisinopril 10mg tablets',
  'Losartan 50mg tablets',
]

async function patientsWithMedicines(db: Database): Promise<readonly Patient[]> {
  const signedIn = await signedInPatients(db, practice, patients)
  const today = localDateOf(db.now())
  const detail = {
    type: 'repeat',
    status: 'active',
    dose: 'One to be taken each day',
    quantity: '28 tablet',
    durationDays: 28,
    lastIssuedOn: addDays(today, -26),
    reviewOn: addDays(today, 90),
  }
  const made = signedIn.map(({ patientId, cookie }) => ({
    id: patientId as string,
    cookie,
    csrf: csrfToken(cookie.slice(cookie.indexOf('.') + 1)),
    key: newId(db.now()) as string,
    medicines: Array.from({ length: medicinesEach }, () => newId(db.now()) as string),
  }))
  const entries = made.flatMap(({ id, medicines }) =>
    medicines.map((entryId, index) => ({ entryId, patientId: id, title: ordinary[index] })),
  )
  await db.transaction(systemProof(practice), async (tx) => {
    await tx.run(sql`
      insert into record.entry
        (practice, entry_id, patient_id, source, source_key, kind, title, recorded_at, detail,
         content_hash, stored_at)
      select ${practice}, given."entryId", given."patientId", 'test', given."entryId", 'medication',
        given.title, ${tx.now}, ${JSON.stringify(detail)}, 'hash', ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given (
        "entryId" uuid, "patientId" uuid, title text)
    `)
    await tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         ruleset)
      select practice, entry_id, 1, patient_id, 'hash', 'released', ${tx.now}, 'ruleset', 'test'
      from record.entry
      where practice = ${practice}
    `)
  })
  return made
}

async function signedInDeciders(db: Database): Promise<readonly Person[]> {
  const ids = Array.from({ length: deciders }, () => newId<'Staff'>(db.now()))
  await db.transaction(systemProof(practice), (tx) =>
    addStaff(
      tx,
      ids.map((staffId, index) => ({
        staffId,
        name: `Dr Decider ${index + 1}`,
        jobTitle: 'GP',
        seesPatients: true,
        roles: ['prescriber'],
      })),
    ),
  )
  const accountIds = await createAccountsInBulk(
    db,
    'not used: sign-ins are begun directly',
    ids.map((staffId) => ({
      face: 'practice',
      email: `${staffId}@example.org`,
      displayName: 'Decider',
      isDemo: false,
      links: [{ practice, subjectId: staffId, relation: 'staff' }],
    })),
  )
  return Promise.all(
    ids.map(async (id, index) => {
      const accountId = accountIds[index]
      if (accountId === undefined) throw new Error('No account was made')
      const link = { practice, subjectId: id, relation: 'staff' as const }
      const token = await beginSignIn(db, accountId, 'practice', link)
      return { id, cookie: `practice-sign-in=${accountId}.${token}`, csrf: csrfToken(token) }
    }),
  )
}

/** What the database holds in the end; of steps, events and jobs, the items they are about. */
function written(db: Database) {
  return db.transaction(systemProof(practice), async (tx) => ({
    orderIds: (
      await tx.many<{ readonly orderId: string }>(sql`
        select order_id from prescriptions.medicine_order where practice = ${practice}`)
    ).map((row) => row.orderId),
    items: await tx.many<{
      readonly itemId: string
      readonly medicationId: string
      readonly state: string
      readonly decidedBy?: string
    }>(sql`
      select item_id, medication_id, state, decided_by
      from prescriptions.order_item where practice = ${practice}`),
    steps: (
      await tx.many<{ readonly itemId: string }>(sql`
        select item_id from prescriptions.item_step
        where practice = ${practice} and state in ('approved', 'rejected')`)
    ).map((row) => row.itemId),
    events: (
      await tx.many<{ readonly itemId: string }>(sql`
        select details ->> 'itemId' as item_id from audit.event
        where practice = ${practice}
          and type in ('prescriptions.item-approved', 'prescriptions.item-rejected')`)
    ).map((row) => row.itemId),
    jobs: (
      await tx.many<{ readonly itemId: string }>(sql`
        select payload ->> 'itemId' as item_id from jobs.job
        where practice = ${practice} and kind = 'prescriptions.send-decision'`)
    ).map((row) => row.itemId),
  }))
}
