import { instantAt, addDays, localDateOf } from '#kernel/time'
import { refreshStatistics, sql, systemProof, type Database } from '#platform/db'
import { addSession, setBookingRules } from '#modules/appointments'
import { hiddenFields, openClient, type Answer, type Client } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { morningClinic } from './morning-clinic.ts'
import { odsCode, signedInPatients } from './people.ts'
import { watchProcessor } from './processor.ts'
import { startServer } from './server.ts'

const practice = odsCode('Y99001')

interface Tally {
  readonly searches: number[]
  readonly bookings: number[]
  readonly acknowledged: string[]
  requests: number
  errors5xx: number
  /** Answers that a slot was taken, and those of them that offered others or said there are none. */
  taken: number
  takenWithWayOn: number
  /** Patients who ended without an appointment, and those of them who were told so in words. */
  without: number
  told: number
  lastBookedMs: number
}

/**
 * 8 am: every patient searches and books, all at once, until each has an appointment or is told
 * that none is left. Afterwards the database is asked what really happened.
 */
export async function rush(
  db: Database,
  databaseUrl: string,
  options: { readonly patients: number; readonly slots: number; readonly connections: number },
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const people = await signedInPatients(db, practice, options.patients)
  await openSlots(db, options.slots)
  await refreshStatistics({ connectionString: databaseUrl })
  const server = await startServer(databaseUrl)
  const client = openClient(server.port, options.connections)
  const tally: Tally = {
    searches: [],
    bookings: [],
    acknowledged: [],
    requests: 0,
    errors5xx: 0,
    taken: 0,
    takenWithWayOn: 0,
    without: 0,
    told: 0,
    lastBookedMs: 0,
  }
  const used = await watchProcessor(databaseUrl, server.pid)
  const began = performance.now()
  await Promise.all(people.map((person) => bookOne(client, person.cookie, tally, began)))
  const seconds = (performance.now() - began) / 1000
  client.close()
  const processor = await used()
  await server.stop()

  const held = await whatIsHeld(db)
  const lost = tally.acknowledged.filter((path) => !held.ids.has(path.split('/')[2] ?? ''))
  return {
    figures: {
      booked: held.ids.size,
      doubleBooked: held.double,
      lostAcknowledged: lost.length,
      errors5xx: tally.errors5xx,
      searchP99Ms: rounded(percentile(tally.searches, 0.99)),
      bookP99Ms: rounded(percentile(tally.bookings, 0.99)),
      secondsToLastSlot: rounded(tally.lastBookedMs / 1000),
      requestsPerSecond: rounded(tally.requests / seconds),
      toldTaken: tally.taken,
      toldTakenWithoutWayOn: tally.taken - tally.takenWithWayOn,
      leftWithoutWord: tally.without - tally.told,
      requests: tally.requests,
      ...processor,
    },
    notes: [
      `${options.patients} patients, ${options.slots} slots, ${options.connections} connections, ${rounded(seconds)} s in all`,
      `${tally.told} patients told that none is left; server, database and client share this machine`,
    ],
  }
}

/** One patient: search, choose, confirm; where that was taken, choose of what is offered instead. */
async function bookOne(client: Client, cookie: string, tally: Tally, began: number): Promise<void> {
  const count = (answer: Answer, into?: number[]) => {
    tally.requests++
    if (answer.status >= 500) tally.errors5xx++
    into?.push(answer.ms)
    return answer
  }
  let shown = count(await client.get('/appointments/slots', cookie), tally.searches)
  for (let attempt = 0; attempt < 50; attempt++) {
    const chosen = anyOf(slotLinks(shown.body))
    if (chosen === undefined) {
      tally.without++
      if (saysNoneLeft(shown)) tally.told++
      return
    }
    const form = count(await client.get(chosen, cookie))
    const last =
      form.status === 200
        ? count(
            await client.post('/appointments', cookie, { ...hiddenFields(form.body), reason: '' }),
            tally.bookings,
          )
        : form
    if (last.status === 303 && last.location !== undefined) {
      tally.acknowledged.push(last.location)
      tally.lastBookedMs = Math.max(tally.lastBookedMs, performance.now() - began)
      return
    }
    noteTaken(last, tally)
    shown = last
  }
  tally.without++
}

function noteTaken(answer: Answer, tally: Tally): void {
  if (answer.status !== 409 || !answer.body.includes('taken')) return
  tally.taken++
  if (slotLinks(answer.body).length > 0 || saysNoneLeft(answer)) tally.takenWithWayOn++
}

function slotLinks(body: string): readonly string[] {
  return [...body.matchAll(/href="(\/appointments\/slots\/[0-9a-f-]{36})"/g)].map(
    ([, path = '']) => path,
  )
}

function saysNoneLeft({ body }: Answer): boolean {
  return /There are no other appointments|No appointments found/.test(body)
}

function anyOf(paths: readonly string[]): string | undefined {
  return paths[Math.floor(Math.random() * paths.length)]
}

async function openSlots(db: Database, count: number): Promise<void> {
  const now = db.now()
  const tomorrow = addDays(localDateOf(now), 1)
  await db.transaction(systemProof(practice), async (tx) => {
    await setBookingRules(tx, { maxHeld: 1, closesMinutesBefore: 0 })
    const perSession = 30
    for (let first = 0; first < count; first += perSession) {
      const startsAt = instantAt(addDays(tomorrow, Math.floor(first / perSession) % 10), '09:00')
      const many = Math.min(perSession, count - first)
      await addSession(tx, morningClinic(startsAt, many, now))
    }
  })
}

async function whatIsHeld(
  db: Database,
): Promise<{ readonly ids: ReadonlySet<string>; readonly double: number }> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly appointmentId: string; readonly slotId: string }>(sql`
      select appointment_id, slot_id
      from appointments.appointment
      where practice = ${practice}
        and cancelled_at is null
    `),
  )
  return {
    ids: new Set(rows.map((row) => row.appointmentId)),
    double: rows.length - new Set(rows.map((row) => row.slotId)).size,
  }
}
