import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, instantAt, localDateOf, minutesAfter } from '#kernel/time'
import { migrate, openDatabase, sql, systemProof, type Database } from '#platform/db'
import { startEmbedded, type EmbeddedDatabase } from '#platform/postgres'
import { addSession, setBookingRules } from '#modules/appointments'
import { bundle } from '../scripts/launch/bundle.js'
import { hiddenFields, openClient, type Answer } from '../src/bench/client.ts'
import { odsCode, signedInPatients, type SignedIn } from '../src/bench/people.ts'
import { startServer, type ServerUnderTest } from '../src/bench/server.ts'

const practice = odsCode('Y99003')
const clients = 64
const rounds = 10

/** A real server process over HTTP, on a database whose commits are on disk. */
describe('64 people after one slot', () => {
  let dataDir: string
  let embedded: EmbeddedDatabase
  let db: Database
  let server: ServerUnderTest
  let people: readonly SignedIn[]
  let slots: readonly string[]

  beforeAll(async () => {
    await bundle(fileURLToPath(new URL('..', import.meta.url)), ['src/main.ts'])
    dataDir = mkdtempSync(join(tmpdir(), 'patient-online-slot-'))
    embedded = await startEmbedded({ dataDir, stopsWithOwner: true })
    await migrate(embedded.connection, 'database/migrations')
    db = openDatabase(embedded.connection, () => new Date())
    people = await signedInPatients(db, practice, clients)
    slots = await openSlots(db, rounds + 1)
    server = await startServer(embedded.url)
  }, 120_000)

  afterAll(async () => {
    await server.stop()
    await db.close()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('one books it, 63 are told that it is taken, nobody sees a fault', async () => {
    const forms = await openForms(server.port, people, slots[0] ?? '')
    const answers = await Promise.all(forms.map((form) => form.send(server.port)))
    expect(tally(answers)).toEqual({ booked: 1, taken: clients - 1 })
    expect(await live(db, slots[0])).toHaveLength(1)
  })

  test('the same ten times over, the server killed in the middle and asked again', async () => {
    for (const slot of slots.slice(1)) {
      const forms = await openForms(server.port, people, slot)
      const killed = killSoon(server)
      const first = await Promise.allSettled(forms.map((form) => form.send(server.port)))
      await killed
      server = await startServer(embedded.url)
      const again = await Promise.all(forms.map((form) => form.send(server.port)))

      expect(tally(again)).toEqual({ booked: 1, taken: clients - 1 })
      const held = await live(db, slot)
      expect(held).toHaveLength(1)
      for (const one of first) {
        if (one.status === 'fulfilled' && one.value.status === 303) {
          expect(one.value.location).toContain(held[0])
        }
      }
    }
  }, 120_000)
})

interface OpenForm {
  send(port: number): Promise<Answer>
}

/** Everyone opens the slot's page first: what they send later is the same form, key and all. */
async function openForms(
  port: number,
  people: readonly SignedIn[],
  slot: string,
): Promise<readonly OpenForm[]> {
  const client = openClient(port, people.length)
  const forms = await Promise.all(
    people.map(async ({ cookie }) => {
      const page = await client.get(`/appointments/slots/${slot}`, cookie)
      expect(page.status).toBe(200)
      const fields = { ...hiddenFields(page.body), reason: '' }
      return {
        send: async (to: number) => {
          const own = openClient(to, 1)
          try {
            return await own.post('/appointments', cookie, fields)
          } finally {
            own.close()
          }
        },
      }
    }),
  )
  client.close()
  return forms
}

async function killSoon(server: ServerUnderTest): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 5 + Math.random() * 60)
  })
  await server.kill()
}

function tally(answers: readonly Answer[]): object {
  const counts: Record<string, number> = {}
  for (const { status } of answers) {
    const name = status === 303 ? 'booked' : status === 409 ? 'taken' : `answered ${status}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

async function live(db: Database, slotId: string | undefined): Promise<readonly string[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly appointmentId: string }>(sql`
      select appointment_id
      from appointments.appointment
      where practice = ${practice}
        and slot_id = ${slotId}
        and cancelled_at is null
    `),
  )
  return rows.map((row) => row.appointmentId)
}

async function openSlots(db: Database, count: number): Promise<readonly string[]> {
  const day = addDays(localDateOf(db.now()), 2)
  return db.transaction(systemProof(practice), async (tx) => {
    await setBookingRules(tx, {
      maxHeld: 20,
      closesMinutesBefore: 0,
      cancelMinutesBefore: 0,
      horizonDays: 112,
      reasonRequired: false,
    })
    const startsAt = instantAt(day, '09:00')
    await addSession(tx, {
      name: 'Morning clinic',
      startsAt,
      endsAt: minutesAfter(startsAt, count * 10),
      slots: Array.from({ length: count }, (_, index) => ({
        startsAt: minutesAfter(startsAt, index * 10),
        minutes: 10,
        slotType: 'Routine',
        nationalCategory: 'General Consultation Routine',
        deliveryChannel: 'in-person' as const,
        bookableOnline: true,
        releasedAt: db.now(),
      })),
    })
    const rows = await tx.many<{ readonly slotId: string }>(sql`
      select slot_id
      from appointments.slot
      where practice = ${practice}
      order by starts_at
    `)
    return rows.map((row) => row.slotId)
  })
}
