import type { Id } from '#kernel/id'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, instantAt, localDateOf, minutesAfter, type LocalDate } from '#kernel/time'
import { csrfToken } from '#platform/auth'
import {
  refreshStatistics,
  sql,
  systemProof,
  type Database,
  type DatabaseSettings,
  type SentStatement,
} from '#platform/db'
import { addSession, setBookingRules } from '#modules/appointments'
import { storeRecords, type IncomingEntry } from '#modules/record'
import { aFullRecord } from './a-full-record.ts'
import { capture } from './capture.ts'
import { hiddenFields, openClient, type Answer, type Client } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { odsCode, signedInPatients, type SignedIn } from './people.ts'
import { watchProcessor } from './processor.ts'
import { explain, replay } from './replay.ts'
import { startServer } from './server.ts'

const practice = odsCode('Y99003')
/** Where free slots are looked for: as many in a week as a practice of 10,000 patients publishes. */
const quiet = odsCode('Y99004')
const weekly = 300
const readers = 50
const warmUpSeconds = 3
/** Turns kept for warming up: what is booked then cannot be booked again. */
const slotsToWarmUp = 2500
const perSession = 24
/** 40 to a patient; each may be ordered once. */
const medicines = [
  ...['Amlodipine', 'Ramipril', 'Lisinopril', 'Losartan', 'Candesartan'],
  ...['Bisoprolol', 'Atorvastatin', 'Omeprazole', 'Metformin', 'Furosemide'],
].flatMap((name) => [5, 10, 20, 40].map((mg) => `${name} ${mg}mg tablets`))
const mostHeld = 20

interface Form {
  readonly path: string
  readonly cookie: string
  readonly fields?: Readonly<Record<string, string>>
}

/** One kind of work: what is asked in the `turn`th time, and what the right answer is. */
interface Work {
  readonly name: string
  form(turn: number): Form | undefined
  isRight(answer: Answer): boolean
  /** Which values of the captured statements stand for what in another turn. */
  renew(turn: number): ReadonlyMap<string, string> | undefined
}

interface Given {
  readonly people: readonly SignedIn[]
  /** Patients of the practice where free slots are looked for. */
  readonly searchers: readonly SignedIn[]
  readonly slots: readonly { readonly slotId: string; readonly startsAt: string }[]
  readonly medicines: ReadonlyMap<string, readonly string[]>
}

/**
 * The four pieces of work that the service does most, each by itself: confirm a booking, a week of
 * free slots, confirm a repeat request, a record page of 50 entries; each beside what the database
 * alone does with the very same statements.
 */
export async function workBench(
  db: Database,
  database: { readonly url: string; readonly connection: DatabaseSettings },
  options: {
    readonly seconds: number
    readonly connections: number
    readonly patients: number
    readonly explain: boolean
  },
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const given = await prepare(db, database.connection, options.patients)
  const server = await startServer(database.url)
  await lookFirst(server.port, given.people)
  const figures: Record<string, number> = {}
  const kept = keptIds(given)
  for (const work of allWork(given)) {
    const client = openClient(server.port, options.connections)
    const sent = await capture(database.connection, async (app) => {
      const form = work.form(0)
      if (!form) throw new Error(`${work.name}: nothing to ask`)
      const answer = await app.inject({
        url: form.path,
        headers: {
          cookie: form.cookie,
          ...(form.fields && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form.fields && {
          method: 'POST',
          payload: new URLSearchParams(form.fields).toString(),
        }),
      })
      const { location } = answer.headers
      const seen = {
        status: answer.statusCode,
        body: answer.body,
        location: typeof location === 'string' ? location : undefined,
        bytes: 0,
        ms: 0,
      }
      if (!work.isRight(seen)) throw new Error(`${work.name}: ${answer.statusCode} ${answer.body}`)
    })
    if (options.explain) {
      await explain(database.url, work.name, sent, work.renew(1) ?? new Map(), kept)
      client.close()
      continue
    }
    // Plans are made once for each connection: that is over before anything is counted.
    await drive(client, work, { ...options, seconds: warmUpSeconds }, 1)
    const used = await watchProcessor(database.url, server.pid)
    const seen = await drive(client, work, options, slotsToWarmUp)
    const processor = await used()
    client.close()
    // Half of the turns are the server's, the other half the driver's.
    const sqlOnly = await replay(database.url, sent, options.seconds / 2, work.renew, kept)
    const per = (cpuSeconds: number) => Math.round((cpuSeconds / seen.times.length) * 1e6)
    Object.assign(figures, {
      [`${work.name}PerSecond`]: rounded((seen.times.length / seen.ms) * 1000),
      [`${work.name}P50Ms`]: rounded(percentile(seen.times, 0.5)),
      [`${work.name}P99Ms`]: rounded(percentile(seen.times, 0.99)),
      [`${work.name}Wrong`]: seen.wrong,
      [`${work.name}Bytes`]: Math.round(seen.bytes / Math.max(1, seen.times.length)),
      [`${work.name}Statements`]: sent.length,
      [`${work.name}SqlOnlyPerSecond`]: rounded(sqlOnly),
      [`${work.name}RatioToSqlOnly`]:
        Math.round((seen.times.length / seen.ms / sqlOnly) * 1e6) / 1000,
      [`${work.name}ServerUs`]: per(processor.serverCpuSeconds),
      [`${work.name}DatabaseUs`]: per(processor.databaseCpuSeconds),
      [`${work.name}ClientUs`]: per(processor.clientCpuSeconds),
      serverPeakMib: processor.serverPeakMib,
    })
  }
  await server.stop()
  return {
    figures,
    notes: [
      `${options.patients} patients, ${given.slots.length} slots, ${options.connections} connections, ${options.seconds} s each; Us is processor time for one`,
      'sqlOnly: the same statements, begin and commit included, from 16 driver connections; no HTTP, no rendering',
      'server, database and client share this machine',
    ],
  }
}

/** The warning before the first look at a record is not what is measured. */
async function lookFirst(port: number, people: readonly SignedIn[]): Promise<void> {
  const client = openClient(port, 1)
  for (const { cookie } of people.slice(0, readers)) {
    const warning = await client.get('/record', cookie)
    await client.post('/record/first-look', cookie, hiddenFields(warning.body))
  }
  client.close()
}

async function drive(
  client: Client,
  work: Work,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
  from: number,
) {
  const times: number[] = []
  let [bytes, wrong, turn] = [0, 0, from]
  const began = performance.now()
  const until = began + seconds * 1000
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const form = work.form(2 * turn++)
      if (!form) return
      const answer = form.fields
        ? await client.post(form.path, form.cookie, form.fields)
        : await client.get(form.path, form.cookie)
      times.push(answer.ms)
      bytes += answer.bytes
      if (!work.isRight(answer)) wrong++
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return { times, bytes, wrong, ms: performance.now() - began }
}

function keptIds({ people, searchers }: Given): ReadonlySet<string> {
  return new Set(
    [...people, ...searchers].flatMap(({ patientId, accountId }) => [patientId, accountId]),
  )
}

function allWork(given: Given): readonly Work[] {
  const { people, searchers, slots, medicines: held } = given
  const oneOf = (among: readonly SignedIn[], turn: number) =>
    among[turn % among.length] ?? fault('nobody')
  const personOf = (turn: number) => oneOf(people, turn)
  const others = (
    turn: number,
    more: readonly (readonly [string, string])[] = [],
    among = people,
  ) => {
    const [first, person] = [oneOf(among, 0), oneOf(among, turn)]
    return new Map([
      [first.patientId, person.patientId],
      [first.accountId, person.accountId],
      ...more,
    ])
  }
  const page = (name: string, path: string, words: string, among: Given['people']): Work => ({
    name,
    form: (turn) => ({ path, cookie: oneOf(among, turn).cookie }),
    isRight: ({ status, body }) => status === 200 && body.includes(words),
    renew: (turn) => others(turn, [], among),
  })
  const csrf = ({ cookie }: SignedIn) => csrfToken(cookie.split('.')[1] ?? '')
  const medicineOf = (turn: number) =>
    held.get(personOf(turn).patientId)?.[Math.floor(turn / people.length)]
  return [
    page('slots', '/appointments/slots', '/appointments/slots/', searchers),
    page('week', '/appointments/week', 'first at', searchers),
    page('record', '/record/results?page=1', 'Serum sodium level', people.slice(0, readers)),
    {
      name: 'book',
      form: (turn) => {
        const slot = slots[turn]
        const person = personOf(turn)
        return (
          slot && {
            path: '/appointments',
            cookie: person.cookie,
            fields: {
              _csrf: csrf(person),
              slot: slot.slotId,
              idempotencyKey: newId(new Date()),
              reason: 'Cough for three weeks',
              phone: '',
            },
          }
        )
      },
      isRight: ({ status, location }) => status === 303 && location?.endsWith('/booked') === true,
      renew: (turn) => {
        const odd = 2 * turn + 1
        const [first, slot] = [slots[0], slots[odd]]
        if (!first || !slot) return undefined
        return others(odd, [
          [first.slotId, slot.slotId],
          [first.startsAt, slot.startsAt],
        ])
      },
    },
    {
      name: 'order',
      form: (turn) => {
        const medicine = medicineOf(turn)
        const person = personOf(turn)
        return medicine === undefined
          ? undefined
          : {
              path: '/prescriptions/orders',
              cookie: person.cookie,
              fields: {
                _csrf: csrf(person),
                medicine,
                note: '',
                kind: 'repeat',
                destination: 'paper',
                idempotencyKey: newId(new Date()),
              },
            }
      },
      isRight: ({ status, location }) =>
        status === 303 && location?.startsWith('/prescriptions/orders/') === true,
      renew: (turn) => {
        const odd = 2 * turn + 1
        const [first, medicine] = [medicineOf(0), medicineOf(odd)]
        if (first === undefined || medicine === undefined) return undefined
        return others(odd, [[first, medicine]])
      },
    },
  ]
}

async function prepare(
  db: Database,
  connection: DatabaseSettings,
  patients: number,
): Promise<Given> {
  const people = await signedInPatients(db, practice, patients)
  const searchers = await signedInPatients(db, quiet, 200, people.length)
  await addSlots(db, quiet, weekly, 2)
  const now = db.now()
  await db.transaction(systemProof(practice), async (tx) => {
    await setBookingRules(tx, { maxHeld: mostHeld, closesMinutesBefore: 0 })
    await addSlots(db, practice, patients * (mostHeld - 2), 40)
    for (let from = 0; from < people.length; from += 100) {
      await storeRecords(
        tx,
        people.slice(from, from + 100).map(({ patientId }, index) => ({
          patientId,
          record: aRecord(now, from + index < readers),
        })),
      )
    }
  })
  await refreshStatistics(connection)
  return { people, searchers, slots: await slotsOf(db), medicines: await medicinesOf(db) }
}

/** Medicines for everybody; results only for the first 50, whose pages are read. */
function aRecord(now: Date, isFull: boolean) {
  const full = aFullRecord(now)
  const started = localDateOf(minutesAfter(now, -60 * 24 * 200))
  const list = medicines.map((title, index): IncomingEntry => ({
    sourceKey: `Medication/${index}`,
    kind: 'medication',
    title,
    recordedAt: minutesAfter(now, -60 * 24 * 200),
    clinicalAt: minutesAfter(now, -60 * 24 * 200),
    clinicalPrecision: 'day',
    detail: {
      type: 'repeat',
      status: 'active',
      dose: 'One to be taken each day',
      quantity: '28 tablet',
      durationDays: 28,
      startedOn: started,
      lastIssuedOn: localDateOf(minutesAfter(now, -60 * 24 * 40)),
    },
  }))
  return { ...full, entries: [...(isFull ? full.entries : []), ...list] }
}

/** Many rooms at once: as many slots at each time as there can be, on the working hours of many days. */
async function addSlots(db: Database, at: OdsCode, count: number, rooms: number): Promise<void> {
  const releasedAt = db.now()
  const first = addDays(localDateOf(releasedAt), 1)
  await db.transaction(systemProof(at), async (tx) => {
    for (let made = 0, nth = 0; made < count; made += perSession, nth++) {
      const day: LocalDate = addDays(first, Math.floor(nth / rooms))
      const startsAt = instantAt(day, '09:00')
      await addSession(tx, {
        name: 'Morning clinic',
        startsAt,
        endsAt: minutesAfter(startsAt, perSession * 10),
        slots: Array.from({ length: perSession }, (_, index) => ({
          startsAt: minutesAfter(startsAt, index * 10),
          minutes: 10,
          slotType: 'Routine',
          nationalCategory: 'General Consultation Routine',
          deliveryChannel: 'in-person' as const,
          bookableOnline: true,
          releasedAt,
        })),
      })
    }
  })
}

async function slotsOf(db: Database): Promise<Given['slots']> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly slotId: Id<'Slot'>; readonly startsAt: Date }>(sql`
      select slot_id, starts_at
      from appointments.slot
      where practice = ${practice}
      order by starts_at, slot_id
    `),
  )
  return rows.map(({ slotId, startsAt }) => ({ slotId, startsAt: startsAt.toISOString() }))
}

async function medicinesOf(db: Database): Promise<Given['medicines']> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly patientId: string; readonly ids: readonly string[] }>(sql`
      select patient_id, array_agg(entry_id order by title) as ids
      from record.entry
      where practice = ${practice}
        and kind = 'medication'
      group by patient_id
    `),
  )
  return new Map(rows.map(({ patientId, ids }) => [patientId, ids]))
}

function fault(why: string): never {
  throw new Error(why)
}
