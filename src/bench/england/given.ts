import type { OdsCode } from '#kernel/ods-code'
import { addDays, localDateOf, minutesBefore } from '#kernel/time'
import { refreshStatistics, systemProof, type Database, type DatabaseSettings } from '#platform/db'
import { setBookingRules } from '#modules/appointments'
import { storeRecords, type IncomingEntry, type IncomingRecord } from '#modules/record'
import { aFullRecord } from '../a-full-record.ts'
import { capture } from '../capture.ts'
import { hiddenFields } from '../client.ts'
import { addHistory } from '../history.ts'
import { addSlots } from '../morning-clinic.ts'
import { odsCode, signedInPatients, type SignedIn } from '../people.ts'
import { copiedId, copyPractice } from './copy-practice.ts'
import { browserWithin, tokenOf } from './within.ts'

/** Sizes of practices as shares of the mean list, and of ten practices how many have it. */
const sizes = [
  { of: 1, inTen: 3 },
  { of: 0.5, inTen: 3 },
  { of: 1.2, inTen: 3 },
  { of: 1.9, inTen: 1 },
] as const

const slotsEach = 5
const mostHeld = 20
const copiedAtOnce = 100

/** A practice that others are copies of. */
interface Original {
  readonly practice: OdsCode
  readonly people: readonly SignedIn[]
}

/** Somebody who may come, at their practice. */
export interface Visitor {
  readonly practice: string
  readonly patientId: string
  readonly accountId: string
  readonly cookie: string
}

/** Practices with their people. */
export interface England {
  readonly practices: number
  /** Of all practices together. */
  readonly patients: number
  /** The `turn`th to come: everybody once, spread over the practices, before anybody comes again. */
  readonly visitor: (turn: number) => Visitor
  /** The practices that others are copies of, in the order of their codes: the first ones. */
  readonly originals: readonly Original[]
}

/** What is there already, and what is done with new originals before they are copied. */
interface Growing {
  readonly before?: Pick<England, 'practices' | 'originals'>
  readonly settle?: () => Promise<void>
}

/** Nobody yet. */
export const nowhere: Pick<England, 'practices' | 'originals'> = { practices: 0, originals: [] }

/**
 * Makes practices of four sizes with what a practice has after years of use, one of each size through
 * the service's own commands, and copies them until there are so many; those of before stay. The
 * first is of the mean size. Everybody is signed in.
 */
export async function makeEngland(
  db: Database,
  settings: DatabaseSettings,
  asked: { readonly practices: number; readonly patients: number },
  { before = nowhere, settle = () => Promise.resolve() }: Growing = {},
): Promise<England> {
  const originals = [...before.originals]
  for (const { of } of sizes.slice(originals.length, asked.practices)) {
    const many = Math.max(1, Math.round(asked.patients * of))
    const taken = originals.reduce((sum, { people }) => sum + people.length, 0)
    const made = await makeOriginal(db, settings, codeOf(originals.length), many, taken)
    originals.push(made)
    await lookFirst(settings, made)
  }
  if (originals.length > before.originals.length) await settle()
  const placed = placesOf(asked.practices)
  const first = Math.max(before.practices, originals.length)
  for (let from = first; from < placed.length; from += copiedAtOnce) {
    for (const [place, { practice }] of originals.entries()) {
      const copies = placed.slice(from, from + copiedAtOnce).flatMap((original, index) => {
        const nth = from + index
        return original === place ? [{ practice: codeOf(nth), nth }] : []
      })
      await copyPractice(settings, practice, copies)
    }
  }
  await refreshStatistics(settings)
  return peopleOf(originals, placed)
}

const codeOf = (nth: number): OdsCode => odsCode(`Y1${String(nth).padStart(4, '0')}`)

/** Which of the originals each practice is like; the first are the originals themselves. */
function placesOf(practices: number): readonly number[] {
  const inTurn = sizes.flatMap(({ inTen }, place) => Array<number>(inTen).fill(place))
  return Array.from({ length: practices }, (_, nth) =>
    nth < sizes.length ? nth : (inTurn[(nth * 7) % inTurn.length] ?? 0),
  )
}

function peopleOf(originals: readonly Original[], placed: readonly number[]): England {
  const first: number[] = []
  let patients = 0
  for (const place of placed) {
    first.push(patients)
    patients += originals[place]?.people.length ?? 0
  }
  const stride = strideFor(patients)
  return {
    practices: placed.length,
    patients,
    originals,
    visitor: (turn) => {
      const number = (turn * stride) % patients
      const nth = first.findLastIndex((one) => one <= number)
      const original = originals[placed[nth] ?? 0]
      const person = original?.people[number - (first[nth] ?? 0)]
      if (!original || !person) throw new Error('Nobody lives there')
      if (nth < originals.length) return { ...person, practice: original.practice }
      const accountId = copiedId(person.accountId, nth)
      return {
        practice: codeOf(nth),
        patientId: copiedId(person.patientId, nth),
        accountId,
        cookie: `patient-sign-in=${accountId}.${tokenOf(person.cookie)}`,
      }
    },
  }
}

/** About two fifths of so many, and without a factor in common with it. */
function strideFor(many: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let stride = Math.max(1, Math.floor(many * 0.382))
  while (divisor(stride, many) !== 1) stride++
  return stride
}

async function makeOriginal(
  db: Database,
  settings: DatabaseSettings,
  practice: OdsCode,
  patients: number,
  after: number,
): Promise<Original> {
  const people = await signedInPatients(db, practice, patients, after)
  await db.transaction(systemProof(practice), async (tx) => {
    await setBookingRules(tx, { maxHeld: mostHeld, closesMinutesBefore: 0 })
    for (let from = 0; from < people.length; from += 100) {
      const some = people.slice(from, from + 100)
      await storeRecords(
        tx,
        some.map(({ patientId }, index) => ({
          patientId,
          record: aRecord(db.now(), from + index),
        })),
      )
    }
  })
  await refreshStatistics(settings)
  await addSlots(db, practice, patients * slotsEach, Math.ceil(patients / 60))
  await addHistory(
    db,
    practice,
    people.map(({ patientId }, index) => ({ patientId, medicines: medicinesEach(index) })),
  )
  return { practice, people }
}

const drugs =
  'Amlodipine Ramipril Atorvastatin Omeprazole Metformin Furosemide Bisoprolol Losartan Candesartan Lisinopril Amitriptyline Citalopram'.split(
    ' ',
  )

/** Most take few, some many. */
const medicinesEach = (index: number): number => [3, 4, 4, 5, 5, 6, 6, 8, 9, 12][index % 10] ?? 5

/** One in fifty has a record of years, one in six some of it, the others little. */
function aRecord(now: Date, index: number): IncomingRecord {
  const full = aFullRecord(now)
  const many = index % 50 === 7 ? full.entries.length : index % 6 === 1 ? 40 : 8
  const step = Math.floor(full.entries.length / many)
  const some = full.entries.filter((_, place) => place % step === 0).slice(0, many)
  const list = drugs.slice(0, medicinesEach(index)).map((drug, place): IncomingEntry => ({
    sourceKey: `Medication/${place}`,
    kind: 'medication',
    title: `${drug} 10mg tablets`,
    recordedAt: minutesBefore(now, 60 * 24 * 400),
    clinicalAt: minutesBefore(now, 60 * 24 * 400),
    clinicalPrecision: 'day',
    detail: {
      type: 'repeat',
      status: 'active',
      dose: 'One to be taken each day',
      quantity: '28 tablet',
      durationDays: 28,
      startedOn: addDays(localDateOf(now), -400),
      lastIssuedOn: addDays(localDateOf(now), -40),
    },
  }))
  return { ...full, entries: [...some, ...list] }
}

/** The warning before the first look at a record was read by everybody long ago. */
async function lookFirst(settings: DatabaseSettings, { people }: Original): Promise<void> {
  await capture(settings, async (app) => {
    for (const { cookie } of people) {
      const browser = browserWithin(app, cookie)
      const warning = await browser.get('/record')
      await browser.post('/record/first-look', hiddenFields(warning.body))
    }
  })
}
