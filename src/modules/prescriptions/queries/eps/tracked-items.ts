import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { ItemId, ItemState } from '../../domain/item.ts'

/** An item as it was sent, locked until the transaction ends. */
export interface StoredItem {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly lineId: string
  readonly drugCode?: string
  readonly state: ItemState
  readonly version: number
  readonly statusAt?: Date
}

/** The items of one message, in one sequence for everyone who locks them. */
export function trackedItems(
  tx: Tx<SystemProof>,
  messageId: string,
): Promise<readonly StoredItem[]> {
  const { practice } = tx.acting
  return tx.many<StoredItem>(sql`
    select item.item_id, item.patient_id, line.line_id,
      line.approved -> 'drug' ->> 'code' as drug_code, item.state, item.version, item.status_at
    from prescriptions.eps_line line
    join prescriptions.order_item item
      on item.practice = line.practice
      and item.item_id = line.item_id
    where line.practice = ${practice}
      and line.message_id = ${messageId}
    order by item.item_id
    limit 10
    for update of item
  `)
}
