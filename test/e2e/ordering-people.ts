import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof } from '#platform/db'
import { openAccess } from '#modules/access'
import { beginSignIn, createAccountsInBulk } from '#modules/accounts'
import {
  parsePostcode,
  savePharmacies,
  setOrderRules,
  type OrderRules,
} from '#modules/prescriptions'
import { putItem } from '../support/ordered.ts'
import { openSite } from '../support/site.ts'
import {
  addMedicines,
  aPatient,
  aPractice,
  aStaffMember,
  type MedicineEntry,
} from '../support/surgery.ts'
import { visit } from './visitor.ts'

const postcode = parsePostcode('LS1 4AP')
let count = 0

/** A patient of a practice that no other journey goes to, with medicines and two pharmacies near. */
export async function aHousehold(
  scripts: boolean,
  given: {
    readonly medicines: readonly MedicineEntry[]
    readonly rules?: Partial<OrderRules>
    readonly as?: 'self' | 'proxy'
  },
) {
  const { db, address } = await openSite()
  const { as = 'self' } = given
  const practice = await aPractice(db)
  const patient = await aPatient<'prescriptions'>(db, practice)
  const ids = await addMedicines(db, practice, patient.patientId, given.medicines)
  const nominated = await twoPharmacies(practice, patient.patientId)
  await db.transaction(systemProof(practice), (tx) => setOrderRules(tx, given.rules ?? {}))
  const [accountId] = await createAccountsInBulk(db, 'a long enough password', [
    {
      face: 'patient',
      email: `${newId(db.now())}@example.test`,
      displayName: as === 'proxy' ? 'Raj Patel' : 'Ann Patel',
      isDemo: true,
      links: [{ practice, subjectId: patient.patientId, relation: as }],
    },
  ])
  if (accountId === undefined) throw new Error('No account was made')
  await db.transaction(systemProof(practice), (tx) =>
    openAccess(tx, {
      accountId,
      patientId: patient.patientId,
      relation: as,
      appointments: 'none',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
      effectiveFrom: new Date(0),
    }),
  )
  const link = { practice, subjectId: patient.patientId, relation: as }
  const token = await beginSignIn(db, accountId, 'patient', link)
  const visitor = await visit({ scripts })
  await visitor.context.addCookies([
    { name: 'patient-sign-in', value: `${accountId}.${token}`, url: address },
  ])
  const staff = await aStaffMember(db, practice, { name: 'Dr Okafor', roles: ['prescriber'] })
  /** Moves the item of this medicine on, as staff or a pharmacy would have, a moment ago. */
  const put = async (medicine: number, to: Omit<Parameters<typeof putItem>[3], 'at'>) => {
    const [item] = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly itemId: string }>(sql`
        select item_id from prescriptions.order_item
        where practice = ${practice} and medication_id = ${ids[medicine]}
        order by requested_at desc limit 1`),
    )
    if (!item) throw new Error('That medicine is not ordered')
    await putItem(db, staff.acting, item.itemId, { ...to, at: db.now() })
  }
  return { practice, visitor, put, nominated }
}

/** One pharmacy nominated, one near it. Both are of this household alone. */
async function twoPharmacies(practice: OdsCode, patientId: string) {
  const { db } = await openSite()
  if (!postcode) throw new Error('Not a postcode')
  count += 1
  const name = `Elm Road Pharmacy ${count}`
  const codes = [`FE${count}1`, `FE${count}2`] as OdsCode[]
  await db.transaction(systemProof(practice), async (tx) => {
    await savePharmacies(
      tx,
      codes.map((odsCode, place) => ({
        odsCode,
        name: place === 0 ? name : `Station Chemist ${count}`,
        addressLines: ['2 Elm Road', 'Leeds'],
        postcode,
        phone: '0113 496 0001',
        kind: 'community' as const,
      })),
    )
    await tx.run(sql`
      insert into prescriptions.nomination
        (practice, nomination_id, patient_id, ods_code, nominated_at, nominated_by)
      values (${practice}, ${newId(tx.now)}, ${patientId}, ${codes[0]}, ${tx.now}, 'system')`)
  })
  return { name, other: `Station Chemist ${count}` }
}
