import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs, type JobHandler } from '#platform/jobs'
import { setPracticeServices } from '#modules/access'
import { savePractice, type PatientId } from '#modules/directory'
import {
  parsePostcode,
  savePharmacies,
  saveEpsIdentity,
  type Pharmacy,
} from '#modules/prescriptions'
import { decideItem } from '../../src/modules/prescriptions/commands/decide-item.ts'
import type { ItemId, OrderId } from '../../src/modules/prescriptions/domain/item.ts'
import { addMedicines, aPatient, aStaffMember, type MedicineEntry } from './surgery.ts'

let count = 0

/** A pharmacy that no other test has, open unless told otherwise. */
export function aPharmacy(given: Partial<Pharmacy> = {}): Pharmacy {
  count += 1
  const postcode = parsePostcode('ZZ1 4AP')
  if (postcode === undefined) throw new Error('Not a postcode')
  return {
    odsCode:
      `F${String(process.pid % 100).padStart(2, '0')}${String(count).padStart(3, '0')}` as OdsCode,
    name: 'Market Place Pharmacy',
    addressLines: ['2 Market Place', 'Harlowick'],
    postcode,
    phone: '01632 960100',
    kind: 'community',
    ...given,
  }
}

/** A medicine that can be sent: amlodipine, coded. */
export const coded: MedicineEntry & { readonly codings: readonly object[] } = {
  title: 'Amlodipine 5mg tablets',
  codings: [
    { system: 'http://snomed.info/sct', code: '319283006', display: 'Amlodipine 5mg tablets' },
  ],
}

/** A practice that prescribes electronically: prescriber, pharmacy, and a patient with an address. */
export async function anEpsPractice(db: Database, given: { readonly isSetUp?: boolean } = {}) {
  const { isSetUp = true } = given
  const practice = await aPracticeOfSix(db)
  const patient = await aPatient<'prescriptions'>(db, practice)
  const prescriber = await aStaffMember<'decide-prescriptions'>(db, practice, {
    name: 'Dr Okafor',
    roles: ['prescriber'],
  })
  const pharmacy = aPharmacy()
  await db.transaction(systemProof(practice), async (tx) => {
    await savePharmacies(tx, [pharmacy])
    await tx.run(sql`
      update directory.patient
      set address_lines = ${['12 Elm Road', 'Harlowick']}, postcode = 'ZZ1 2BB'
      where practice = ${practice}
    `)
    if (isSetUp) {
      await saveEpsIdentity(tx, {
        parentCode: 'QWO' as OdsCode,
        parentName: 'A made-up integrated care board',
        prescribers: [
          {
            staffId: prescriber.staffId,
            sdsUserId: '555086689106',
            roleProfileId: '200102238987',
            roleCode: 'R0260',
            roleName: 'General Medical Practitioner',
            register: 'gmc',
            registration: '6095103',
            title: 'Dr',
            givenName: 'Ada',
            familyName: 'Okafor',
          },
        ],
      })
    }
  })
  return { practice, patient, prescriber, pharmacy }
}

/** With a code as long as practices have: the number of a prescription holds six characters. */
async function aPracticeOfSix(db: Database): Promise<OdsCode> {
  count += 1
  const code = `S${String(process.pid % 100).padStart(2, '0')}${String(count).padStart(3, '0')}`
  const practice = code as OdsCode
  await db.transaction(systemProof(practice), async (tx) => {
    await savePractice(tx, {
      practice,
      name: 'Riverbank Surgery',
      addressLines: ['1 Mill Lane', 'Harlowick'],
      postcode: 'ZZ1 1AA',
      phone: '01632 960001',
      openingHours: '',
      isDemo: true,
    })
    await setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' })
  })
  return practice
}

/** Coded or not; without codings a medicine has none. */
export type SomeMedicine = MedicineEntry & { readonly codings?: readonly object[] }

/** An order of these medicines, asked for and not decided, to a pharmacy or on paper. */
export async function anOrder(
  db: Database,
  at: { readonly practice: OdsCode; readonly patientId: PatientId },
  medicines: readonly SomeMedicine[],
  pharmacy: OdsCode | undefined,
): Promise<{ readonly orderId: OrderId; readonly itemIds: readonly ItemId[] }> {
  const { practice, patientId } = at
  const ids = await addMedicines(db, practice, patientId, medicines)
  const orderId = newId<'Order'>(db.now())
  const itemIds = ids.map(() => newId<'OrderItem'>(db.now()))
  await db.transaction(systemProof(practice), async (tx) => {
    for (const [place, entryId] of ids.entries()) {
      await tx.run(sql`
        update record.entry
        set codings = ${JSON.stringify(medicines[place]?.codings ?? [])}
        where practice = ${practice}
          and entry_id = ${entryId}
      `)
    }
    await tx.run(sql`
      insert into prescriptions.medicine_order
        (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key,
         destination_kind, destination_ods)
      values (${practice}, ${orderId}, ${patientId}, ${tx.now}, 'patient', '', ${orderId},
        ${pharmacy === undefined ? 'paper' : 'nominated'}, ${pharmacy})
    `)
    await tx.run(sql`
      insert into prescriptions.order_item
        (practice, item_id, order_id, patient_id, medication_id, state, requested_at)
      select ${practice}, given.item_id, ${orderId}, ${patientId}, given.medication_id,
        'requested', ${tx.now}
      from unnest(${itemIds}::uuid[], ${ids}::uuid[]) as given (item_id, medication_id)
    `)
  })
  return { orderId, itemIds }
}

/** Approves an item as the prescriber sees it, who knows that the same is asked for twice. */
export async function approve(
  db: Database,
  prescriber: Awaited<ReturnType<typeof anEpsPractice>>['prescriber'],
  itemId: ItemId,
): Promise<void> {
  const decided = await db.transaction(prescriber.acting, (tx) =>
    decideItem(tx, { itemId, version: 1, decision: { move: 'approve', seen: ['same-requested'] } }),
  )
  if (!decided.ok) throw new Error(`Not approved: ${JSON.stringify(decided.refusal)}`)
}

/** An item as it is stored. */
export interface StoredState {
  readonly state: string
  readonly version: number
  readonly prescriptionId?: string
  readonly statusAt?: Date
  readonly paperReason?: string
}

export async function stateOf(
  db: Database,
  practice: OdsCode,
  itemId: ItemId | undefined,
): Promise<StoredState | undefined> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.maybe<StoredState>(sql`
      select state, version, prescription_id, status_at, paper_reason
      from prescriptions.order_item
      where practice = ${practice}
        and item_id = ${itemId}
    `),
  )
}

/** Runs every job that is due by these handlers; others are left. Gives what failed. */
export async function runThese(
  db: Database,
  handlers: readonly JobHandler[],
): Promise<readonly unknown[]> {
  const faults: unknown[] = []
  const ignore = (): void => undefined
  const log = { error: (fault: unknown) => faults.push(fault), warn: ignore, info: ignore }
  const byKind = new Map<string, JobHandler>(handlers.map((handler) => [handler.kind, handler]))
  while (await runDueJobs(db, byKind, log)) continue
  return faults
}
