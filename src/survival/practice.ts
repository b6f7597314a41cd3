import { newId } from '#kernel/id'
import { addDays, instantAt, localDateOf, minutesAfter, minutesBefore } from '#kernel/time'
import { refreshStatistics, systemProof, type Database, type DatabaseSettings } from '#platform/db'
import { beginSignIn, createAccountsInBulk } from '#modules/accounts'
import { addSession, setBookingRules } from '#modules/appointments'
import { addStaff, type StaffId } from '#modules/directory'
import { storeRecords, type IncomingEntry, type IncomingRecord } from '#modules/record'
import { odsCode, signedInPatients, type SignedIn } from '../bench/people.ts'

/** The one practice that everything is tried on. */
export const practice = odsCode('Y99009')

/** How many appointments a patient may hold: few, so that they cancel and book again. */
export const maxHeld = 3

/** Somebody who decides, with their sign-in. */
export interface SignedInStaff {
  readonly staffId: StaffId
  readonly cookie: string
}

/** Everybody who is there, and what there is for them. */
export interface Surgery {
  readonly patients: readonly SignedIn[]
  /** Signed in a second time, to be signed out. */
  readonly spare: readonly SignedIn[]
  readonly staff: readonly SignedInStaff[]
}

/** How much of everything there is. */
export interface Size {
  readonly patients: number
  readonly slots: number
  readonly medicinesEach: number
  readonly heldEach: number
}

/** What a long run does not use up. */
export const ample: Size = { patients: 24, slots: 1200, medicinesEach: 40, heldEach: 80 }

/** Makes a practice with free slots, orderable medicines and results that wait to be decided. */
export async function makeSurgery(
  db: Database,
  settings: DatabaseSettings,
  size: Size,
): Promise<Surgery> {
  const patients = await signedInPatients(db, practice, size.patients)
  await addSlots(db, size.slots)
  await db.transaction(systemProof(practice), (tx) =>
    storeRecords(
      tx,
      patients.map(({ patientId }) => ({ patientId, record: aRecord(db.now(), size) })),
    ),
  )
  const staff = await signedInStaff(db, 4)
  const spare: SignedIn[] = []
  for (const { patientId, accountId } of patients) {
    const link = { practice, subjectId: patientId, relation: 'self' } as const
    const token = await beginSignIn(db, accountId, 'patient', link)
    spare.push({ patientId, accountId, cookie: `patient-sign-in=${accountId}.${token}` })
  }
  await refreshStatistics(settings)
  return { patients, staff, spare }
}

async function addSlots(db: Database, count: number): Promise<void> {
  const now = db.now()
  const tomorrow = addDays(localDateOf(now), 1)
  const each = 60
  await db.transaction(systemProof(practice), async (tx) => {
    await setBookingRules(tx, { maxHeld, closesMinutesBefore: 0, cancelMinutesBefore: 0 })
    for (let first = 0; first < count; first += each) {
      const startsAt = instantAt(addDays(tomorrow, (first / each) % 12), '09:00')
      await addSession(tx, {
        name: 'Morning clinic',
        startsAt,
        endsAt: minutesAfter(startsAt, each * 5),
        slots: Array.from({ length: Math.min(each, count - first) }, (_, index) => ({
          startsAt: minutesAfter(startsAt, index * 5),
          minutes: 5,
          slotType: 'Routine',
          nationalCategory: 'General Consultation Routine',
          deliveryChannel: 'in-person' as const,
          bookableOnline: true,
          releasedAt: now,
        })),
      })
    }
  })
}

/** Repeat medicines that may be ordered, and results that only a person may release. */
function aRecord(now: Date, { medicinesEach, heldEach }: Size): IncomingRecord {
  const daysAgo = (days: number) => minutesBefore(now, 60 * 24 * days)
  const today = localDateOf(now)
  const medicines = Array.from({ length: medicinesEach }, (_, index): IncomingEntry => ({
    sourceKey: `MedicationStatement/${index}`,
    kind: 'medication',
    title: `Metformin ${index + 100}mg tablets`,
    recordedAt: daysAgo(400),
    clinicalAt: daysAgo(400),
    clinicalPrecision: 'day',
    detail: {
      type: 'repeat',
      status: 'active',
      dose: 'One tablet each morning',
      quantity: '28 tablet',
      durationDays: 28,
      startedOn: addDays(today, -400),
      lastIssuedOn: addDays(today, -60),
      reviewOn: addDays(today, 100),
    },
  }))
  const results = Array.from({ length: heldEach }, (_, index): IncomingEntry => ({
    sourceKey: `Observation/${index}`,
    kind: 'result',
    title: 'Serum potassium level',
    recordedAt: daysAgo(index + 2),
    clinicalAt: daysAgo(index + 2),
    clinicalPrecision: 'minute',
    filedAt: daysAgo(index + 1),
    value: { number: 7.1, unit: 'mmol/L', low: 3.5, high: 5.3 },
    detail: { status: 'final' },
  }))
  return { source: 'survival', isWhole: true, entries: [...medicines, ...results], sections: [] }
}

const roles = [
  'practice-manager',
  'prescriber',
  'clinician',
  'receptionist',
  'safeguarding-lead',
] as const

async function signedInStaff(db: Database, count: number): Promise<readonly SignedInStaff[]> {
  const members = Array.from({ length: count }, (_, index) => ({
    staffId: newId<'Staff'>(db.now()),
    name: `Sam Staff ${index + 1}`,
    jobTitle: 'GP',
    roles,
    seesPatients: true,
  }))
  await db.transaction(systemProof(practice), (tx) => addStaff(tx, members))
  const accountIds = await createAccountsInBulk(
    db,
    'not used: sign-ins are begun directly',
    members.map(({ staffId, name }) => ({
      face: 'practice',
      email: `${staffId}@example.org`,
      displayName: name,
      isDemo: false,
      links: [{ practice, subjectId: staffId, relation: 'staff' }],
    })),
  )
  const staff: SignedInStaff[] = []
  for (const [index, { staffId }] of members.entries()) {
    const accountId = accountIds[index]
    if (accountId === undefined) throw new Error('A member of staff has no account')
    const link = { practice, subjectId: staffId, relation: 'staff' } as const
    const token = await beginSignIn(db, accountId, 'practice', link)
    staff.push({ staffId, cookie: `practice-sign-in=${accountId}.${token}` })
  }
  return staff
}
