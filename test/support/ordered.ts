import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import { orderMedicines } from '../../src/modules/prescriptions/commands/order-medicines.ts'
import { addMedicines, type MedicineEntry } from './surgery.ts'

/** An order that a patient placed, of medicines added for it, with its items by the medicines' names. */
export async function aPlacedOrder(
  db: Database,
  acting: Acting<'prescriptions'>,
  medicines: readonly MedicineEntry[] = [{}],
) {
  const { practice, patientId } = acting
  const ids = await addMedicines(db, practice, patientId, medicines)
  const order = { medicationIds: ids, note: '', idempotencyKey: newId(db.now()) }
  const placed = await orderMedicines(db, acting, order)
  if (!placed.ok) throw new Error('Not ordered')
  const items = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly itemId: string; readonly medicationId: string }>(sql`
      select item_id, medication_id
      from prescriptions.order_item
      where practice = ${practice}
        and order_id = ${placed.value}
    `),
  )
  const itemIds = ids.map((id) => items.find((item) => item.medicationId === id)?.itemId ?? '')
  return { orderId: placed.value, ids, itemIds }
}

/** Withholds an entry from its patient, as a decision at the practice does. */
export async function withhold(
  db: Database,
  { practice, patientId }: Acting,
  entryId: string | undefined,
): Promise<void> {
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at,
         decided_by, ruleset)
      values (${practice}, ${entryId}, 2, ${patientId}, 'hash', 'held', ${tx.now}, 'ruleset', 'test')
    `),
  )
}

/** What staff or the prescription service leave behind with a state. */
interface Said {
  readonly question?: string
  readonly patientText?: string
  readonly approvedQuantity?: string
  readonly rejectReason?: string
}

const open = ['requested', 'received', 'asked']

/** Puts an item where a decision, a pharmacy or a colleague would have brought it, with its step. */
export async function putItem(
  db: Database,
  acting: StaffActing,
  itemId: string,
  to: { readonly state: string; readonly at: Date } & Said,
): Promise<void> {
  const { practice, staffId } = acting
  const { state, at, question } = to
  const isDecided = !open.includes(state)
  await db.transaction(acting, (tx) =>
    tx.run(sql`
      with moved as (
        update prescriptions.order_item
        set state = ${state}, version = version + 1, status_at = ${at},
          received_at = case when ${state} = 'received' then ${at}::timestamptz else received_at end,
          received_by = case when ${state} = 'received' then ${staffId}::uuid else received_by end,
          decided_at = case when ${isDecided} then coalesce(decided_at, ${at}::timestamptz) end,
          decided_by = case when ${isDecided} then coalesce(decided_by, ${staffId}::uuid) end,
          reject_reason = ${to.rejectReason}, patient_text = ${to.patientText},
          approved_quantity = ${to.approvedQuantity},
          question = coalesce(${question}::text, question),
          asked_at = case when ${state} = 'asked' then ${at}::timestamptz else asked_at end,
          asked_by = case when ${state} = 'asked' then ${staffId}::uuid else asked_by end
        where practice = ${practice}
          and item_id = ${itemId}
        returning practice, item_id, version, patient_id, state
      )
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, ${at}::timestamptz
      from moved
    `),
  )
}
