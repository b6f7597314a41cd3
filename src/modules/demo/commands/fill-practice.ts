import { parseOdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import { setPracticeServices } from '#modules/access'
import { createSlotType, setBookingRules } from '#modules/appointments'
import {
  addPatients,
  addRooms,
  addStaff,
  patientById,
  savePractice,
  saveSites,
} from '#modules/directory'
import {
  addFlag,
  addNominations,
  addPastOrders,
  parsePostcode,
  saveEpsIdentity,
  savePharmacies,
  setOrderRules,
} from '#modules/prescriptions'
import { addPastReleases, storeRecords } from '#modules/record'
import { dateOf, type Day } from '../domain/days.ts'
import { ordersOf } from '../domain/orders.ts'
import { medicineFlags } from '../domain/medicine-flags.ts'
import { personAt, type Person } from '../domain/people.ts'
import { pharmaciesOf, pharmacyOfPatient, prescribersOf } from '../domain/pharmacies.ts'
import type { DemoPractice } from '../domain/practice.ts'
import { idFrom, required } from '../domain/random.ts'
import { slotTypesOf } from '../domain/slot-types.ts'
import { readByClinician, reader } from '../domain/readings.ts'
import { recordOf } from '../domain/record.ts'
import { madePractice } from '../queries/made-practice.ts'
import { addClinics } from './add-clinics.ts'
import { makeAccounts, openDemoAccess } from './make-accounts.ts'

/** What was added to a practice, or to all of them. */
export interface Filled {
  readonly patients: number
  readonly entries: number
  readonly released: number
  readonly held: number
}

/** One practice to make. */
export interface PracticePlan {
  readonly practice: DemoPractice
  readonly seed: number
  readonly patients: number
  readonly today: Day
  readonly onProgress: (line: string) => void
}

/** The names records and orders from here go under. */
const source = 'demo'
const patientsAtOnce = 60
/** While the database writes one lot, the next is being made. */
const lotsAtOnce = 3

/** None of anything. */
export const nothingFilled: Filled = { patients: 0, entries: 0, released: 0, held: 0 }

/**
 * Makes one practice, or what an earlier run did not come to: first itself with its staff, then its
 * patients in lots, each in one transaction and a few side by side. The last lot comes after all the
 * others, brings clinics and access, and says that the practice is whole.
 */
export async function fillPractice(db: Database, plan: PracticePlan): Promise<Filled> {
  const { practice, patients, onProgress } = plan
  const proof = systemProof(practice.code)
  await db.transaction(proof, async (tx) => {
    if (!(await madePractice(tx))) await addPractice(tx, plan)
  })

  const lots = lotsOf(patients)
  const last = lots.pop()
  let filled = nothingFilled
  let said = 0
  const fill = async (lot: Lot) => {
    const added = await fillLot(db, plan, lot)
    filled = sumFilled(filled, added)
    const done = Math.floor(filled.patients / 1000)
    if (done > said || lot === last)
      onProgress(`${practice.name} (${practice.code}): ${filled.patients} patients`)
    said = Math.max(said, done)
  }
  const queue = lots.values()
  await Promise.all(
    Array.from({ length: lotsAtOnce }, async () => {
      for (const lot of queue) await fill(lot)
    }),
  )
  if (last) await fill(last)
  return filled
}

/** Numbers of patients: the first, and the first that is not. */
interface Lot {
  readonly first: number
  readonly until: number
}

function lotsOf(patients: number): Lot[] {
  return Array.from({ length: Math.ceil(patients / patientsAtOnce) }, (_, place) => ({
    first: place * patientsAtOnce,
    until: Math.min((place + 1) * patientsAtOnce, patients),
  }))
}

/** One lot of patients, unless they are there; the last lot brings all that is left. */
async function fillLot(db: Database, plan: PracticePlan, { first, until }: Lot): Promise<Filled> {
  const { practice, seed, patients } = plan
  const isLast = until === patients
  const accounts = isLast ? await makeAccounts(db, seed, practice, patients) : []
  return db.transaction(systemProof(practice.code), async (tx) => {
    const last = idFrom<'Patient'>(seed, 'patient', practice.index, until - 1)
    if (await patientById(tx, last)) return nothingFilled
    const filled = await addLot(tx, plan, first, until)
    if (isLast) {
      await openDemoAccess(tx, accounts)
      await addClinics(tx, plan)
      await markWhole(tx)
    }
    return filled
  })
}

async function addPractice(tx: Tx<SystemProof>, plan: PracticePlan): Promise<void> {
  const { practice, seed, patients, today } = plan
  const { code, name, addressLines, postcode, phone, openingHours } = practice
  await savePractice(tx, {
    practice: code,
    name,
    addressLines,
    postcode,
    phone,
    openingHours,
    isDemo: true,
  })
  await tx.run(sql`
    insert into demo.made_practice (practice, seed, patients, made_on)
    values (${tx.acting.practice}, ${seed}, ${patients}, ${dateOf(today)})
  `)
  await addStaff(tx, practice.staff)
  await addRooms(tx, practice.rooms)
  await saveSites(tx, practice.sites)
  await setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' })
  await setBookingRules(tx, {
    maxHeld: 3,
    closesMinutesBefore: 30,
    horizonDays: 56,
    videoLink: 'https://video.example.org/waiting-room',
  })
  for (const { slotTypeId, ...type } of slotTypesOf(seed, practice.index)) {
    const made = await createSlotType(tx, slotTypeId, type)
    if (!made.ok) throw new Error(`The demo's slot type ${type.name} was refused`)
  }
  await setOrderRules(tx, { earlyDays: 7, noteAllowed: true, lateAfterDays: 3 })
  for (const flag of medicineFlags) await addFlag(tx, flag)
  await addPrescribing(tx, plan)
}

/** Pharmacies nearby, and what the prescription service would know the practice by. */
async function addPrescribing(
  tx: Tx<SystemProof>,
  { practice, seed }: PracticePlan,
): Promise<void> {
  await savePharmacies(
    tx,
    pharmaciesOf(seed, practice).map((pharmacy) => ({
      ...pharmacy,
      postcode: required(parsePostcode(pharmacy.postcode)),
    })),
  )
  const parent = parseOdsCode('QZZ')
  await saveEpsIdentity(tx, {
    parentCode: required(parent.ok ? parent.value : undefined),
    parentName: `${practice.town} made-up integrated care board`,
    prescribers: prescribersOf(seed, practice),
  })
}

async function addLot(
  tx: Tx<SystemProof>,
  { practice, seed, today }: PracticePlan,
  first: number,
  until: number,
): Promise<Filled> {
  const people: Person[] = []
  for (let index = first; index < until; index++)
    people.push(personAt(seed, practice, index, today))
  const made = people.map((person) => ({ person, record: recordOf(seed, practice, person, today) }))

  await addPatients(
    tx,
    people.map((person) => person.patient),
  )
  const pharmacies = pharmaciesOf(seed, practice)
  await addNominations(
    tx,
    people.flatMap(({ index, patient: { patientId } }) => {
      const chosen = pharmacyOfPatient(seed, practice, index, pharmacies)
      return chosen ? [{ patientId, odsCode: chosen.odsCode }] : []
    }),
  )
  const report = await storeRecords(
    tx,
    made.map(({ person, record }) => ({
      patientId: person.patient.patientId,
      record: { source, isWhole: true, entries: record.entries, sections: [] },
    })),
  )
  for (const { person, record } of made) {
    const sourceKeys = readByClinician(person, record)
    if (sourceKeys.length === 0) continue
    const { patientId } = person.patient
    await addPastReleases(tx, {
      patientId,
      source,
      sourceKeys,
      releasedBy: reader(practice).staffId,
    })
  }
  const orders = made.flatMap(({ person, record }) =>
    ordersOf(seed, practice, person, record.entries, today),
  )
  if (orders.length > 0)
    await addPastOrders(
      tx,
      orders.map((order) => ({ ...order, source })),
    )
  return {
    patients: people.length,
    entries: report.stored,
    released: report.released,
    held: report.held,
  }
}

async function markWhole(tx: Tx<SystemProof>): Promise<void> {
  await tx.run(sql`
    update demo.made_practice
    set completed_at = ${tx.now}
    where practice = ${tx.acting.practice}
  `)
}

/** Both together. */
export function sumFilled(a: Filled, b: Filled): Filled {
  return {
    patients: a.patients + b.patients,
    entries: a.entries + b.entries,
    released: a.released + b.released,
    held: a.held + b.held,
  }
}
