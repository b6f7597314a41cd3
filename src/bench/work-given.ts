import type { Id } from '#kernel/id'
import { localDateOf, minutesAfter } from '#kernel/time'
import {
  refreshStatistics,
  sql,
  systemProof,
  type Database,
  type DatabaseSettings,
} from '#platform/db'
import { setBookingRules } from '#modules/appointments'
import { storeRecords, type IncomingEntry } from '#modules/record'
import { aFullRecord } from './a-full-record.ts'
import { addHistory } from './history.ts'
import { addSlots } from './morning-clinic.ts'
import { odsCode, signedInPatients, type SignedIn } from './people.ts'

const practice = odsCode('Y99003')
/** Where free slots are looked for: as many in a week as a practice of 10,000 patients publishes. */
const quiet = odsCode('Y99004')
const weekly = 300
const mostHeld = 20

/** How many of the people have a full record to be read. */
export const readers = 50

/** 12 to a patient, as those who take many have; each may be ordered once. */
const drugs = 'Amlodipine Ramipril Losartan Bisoprolol Atorvastatin Metformin'
const medicines = drugs.split(' ').flatMap((name) => [5, 10].map((mg) => `${name} ${mg}mg tablets`))

/** What the pieces of work are done with. */
export interface Given {
  readonly people: readonly SignedIn[]
  /** Patients of the practice where free slots are looked for. */
  readonly searchers: readonly SignedIn[]
  /** By time. `startsAt` is an instant as ISO text. */
  readonly slots: readonly { readonly slotId: string; readonly startsAt: string }[]
  /** The medicines of each patient, by patient id. */
  readonly medicines: ReadonlyMap<string, readonly string[]>
}

/** Makes people, records, medicines and slots, and brings the planner's figures up to date. */
export async function prepare(
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
  await addHistory(
    db,
    practice,
    people.map(({ patientId }) => ({ patientId, medicines: medicines.length })),
  )
  await addHistory(
    db,
    quiet,
    searchers.map(({ patientId }) => ({ patientId, medicines: 0 })),
  )
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

async function slotsOf(db: Database): Promise<Given['slots']> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly slotId: Id<'Slot'>; readonly startsAt: Date }>(sql`
      select slot_id, starts_at
      from appointments.slot
      where practice = ${practice}
        and state = 'free'
        and starts_at > ${db.now()}
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
