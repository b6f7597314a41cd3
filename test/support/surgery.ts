import { newId, type Id } from '#kernel/id'
import { nhsNumberCheckDigit, parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { sql, systemProof, type Database, type Proof, type Tx } from '#platform/db'
import {
  openAccess,
  setPracticeServices,
  type Acting,
  type Purpose,
  type Role,
  type ServiceLevel,
  type StaffActing,
  type StaffPurpose,
} from '#modules/access'
import { createAccountsInBulk, type AccountId } from '#modules/accounts'
import {
  addPatients,
  addStaff,
  savePractice,
  type PatientId,
  type StaffId,
} from '#modules/directory'

let count = 0

/** A practice code that no other test of this run has. */
function aPracticeCode(): OdsCode {
  count += 1
  return `S${String(process.pid % 1000).padStart(3, '0')}${String(count).padStart(4, '0')}` as OdsCode
}

/** A valid number of the test range that no other test of this run has. */
export function anNhsNumber(): NhsNumber {
  for (;;) {
    count += 1
    const nine = `999${String(count).padStart(6, '0')}`
    const digit = nhsNumberCheckDigit(nine)
    const parsed = digit === undefined ? undefined : parseNhsNumber(`${nine}${digit}`)
    if (parsed?.ok) return parsed.value
  }
}

/** A practice with every service switched on. */
export async function aPractice(
  db: Database,
  { isDemo = true }: { readonly isDemo?: boolean } = {},
): Promise<OdsCode> {
  const practice = aPracticeCode()
  await db.transaction(systemProof(practice), async (tx) => {
    await savePractice(tx, {
      practice,
      name: 'Riverbank Surgery',
      addressLines: [],
      phone: '0113 496 0000',
      openingHours: '',
      isDemo,
    })
    await setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' })
  })
  return practice
}

/** A patient with an account that may act for them, and the proof that it does. */
export async function aPatient<P extends Purpose = Purpose>(
  db: Database,
  practice: OdsCode,
  given: { readonly prescriptions?: ServiceLevel; readonly accountId?: AccountId } = {},
) {
  const patientId = newId<'Patient'>(db.now())
  const accountId = given.accountId ?? newId<'Account'>(db.now())
  await db.transaction(systemProof(practice), async (tx) => {
    await addPatients(tx, [
      {
        patientId,
        nhsNumber: anNhsNumber(),
        givenName: 'Ann',
        familyName: 'Patel',
        bornOn: '1961-04-12' as LocalDate,
        sex: 'female',
        addressLines: [],
        email: 'ann@example.test',
        registration: 'active',
      },
    ])
    await openAccess(tx, {
      accountId,
      patientId,
      relation: 'self',
      appointments: 'manage',
      prescriptions: given.prescriptions ?? 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
      effectiveFrom: new Date(0),
    })
  })
  return { patientId, accountId, acting: actingFor<P>(practice, patientId, accountId) }
}

/** The proof that `access` would make; where it comes from is tested with `access`. */
export function actingFor<P extends Purpose>(
  practice: OdsCode,
  patientId: PatientId,
  accountId: AccountId,
): Acting<P> {
  const actor: Proof['actor'] = { kind: 'patient', id: accountId }
  const facts = { role: 'po_patient', practice, patientId, accountId, as: 'self', actor } as const
  return facts as Acting<P>
}

/** A member of staff, and the proof that they may do something. */
export async function aStaffMember<P extends StaffPurpose>(
  db: Database,
  practice: OdsCode,
  given: { readonly name: string; readonly roles: readonly Role[] },
): Promise<{ readonly staffId: StaffId; readonly acting: StaffActing<P> }> {
  const staffId = newId<'Staff'>(db.now())
  await db.transaction(systemProof(practice), (tx) =>
    addStaff(tx, [{ staffId, jobTitle: 'Staff', seesPatients: false, ...given }]),
  )
  const actor: Proof['actor'] = { kind: 'staff', id: staffId }
  const facts = { role: 'po_staff', practice, staffId, actor } as const
  return { staffId, acting: facts as StaffActing<P> }
}

/** An account that can be signed in to. */
export async function anAccount(
  db: Database,
  face: 'patient' | 'practice',
  link: { readonly practice: OdsCode; readonly subjectId: string },
): Promise<AccountId> {
  const relation = face === 'practice' ? 'staff' : 'self'
  const [accountId] = await createAccountsInBulk(db, 'a long enough password', [
    {
      face,
      email: `${newId(db.now())}@example.test`,
      displayName: 'Ann Patel',
      isDemo: true,
      links: [{ ...link, relation }],
    },
  ])
  if (accountId === undefined) throw new Error('No account was made')
  return accountId
}

/** A repeat medicine of the record, last issued on 1 March 2026, released unless told otherwise. */
export interface MedicineEntry {
  readonly title?: string
  readonly detail?: object
  readonly isReleased?: boolean
}

/** Puts medicines into a patient's record. Gives their ids in the same order. */
export async function addMedicines(
  db: Database,
  practice: OdsCode,
  patientId: PatientId,
  medicines: readonly MedicineEntry[],
): Promise<readonly Id<'Medication'>[]> {
  return db.transaction(systemProof(practice), async (tx) => {
    const ids: Id<'Medication'>[] = []
    for (const medicine of medicines) ids.push(await addMedicine(tx, patientId, medicine))
    return ids
  })
}

const plainDetail = {
  type: 'repeat',
  status: 'active',
  dose: 'One tablet each morning',
  quantity: '28 tablet',
  durationDays: 28,
  lastIssuedOn: '2026-03-01',
}

async function addMedicine(
  tx: Tx,
  patientId: PatientId,
  medicine: MedicineEntry,
): Promise<Id<'Medication'>> {
  const entryId = newId<'Medication'>(tx.now)
  const { practice } = tx.acting
  const { title = 'Metformin 500mg tablets', detail, isReleased = true } = medicine
  await tx.run(sql`
    insert into record.entry
      (practice, entry_id, patient_id, source, source_key, kind, title, recorded_at, detail,
       content_hash, stored_at)
    values (${practice}, ${entryId}, ${patientId}, 'test', ${entryId}, 'medication', ${title},
      ${tx.now}, ${JSON.stringify({ ...plainDetail, ...detail })}, 'hash', ${tx.now})
  `)
  await tx.run(sql`
    insert into record.disclosure_decision
      (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
       ruleset)
    values (${practice}, ${entryId}, 1, ${patientId}, 'hash', ${isReleased ? 'released' : 'held'},
      ${tx.now}, 'ruleset', 'test')
  `)
  return entryId
}

/** One supply of a medicine, as the record has it, released. */
export async function addIssue(
  db: Database,
  practice: OdsCode,
  patientId: PatientId,
  issue: {
    readonly medicationKey: string
    readonly issuedOn: string
    readonly durationDays?: number
  },
): Promise<void> {
  await db.transaction(systemProof(practice), async (tx) => {
    const entryId = newId<'Entry'>(tx.now)
    const { medicationKey, ...detail } = issue
    await tx.run(sql`
      insert into record.entry
        (practice, entry_id, patient_id, source, source_key, kind, title, recorded_at, parent_key,
         detail, content_hash, stored_at)
      values (${practice}, ${entryId}, ${patientId}, 'test', ${entryId}, 'issue', 'Issue', ${tx.now},
        ${medicationKey}, ${JSON.stringify(detail)}, 'hash', ${tx.now})
    `)
    await tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         ruleset)
      values (${practice}, ${entryId}, 1, ${patientId}, 'hash', 'released', ${tx.now}, 'ruleset',
        'test')
    `)
  })
}
