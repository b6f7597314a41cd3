import { sql, type Database } from '#platform/db'
import type { StaffActing } from '#modules/access'

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
