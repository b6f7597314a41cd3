import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { ItemId, OrderId } from '../domain/item.ts'

/** Takes back what nobody has decided yet when somebody's registration ends. */
export const endRegistrationJob: JobHandler = {
  kind: 'prescriptions.end-registration',
  run: async (tx, payload) => {
    const patientId = parseId<'Patient'>(payload['patientId'])
    if (!patientId) throw new Error('The job of a registration names no patient')
    const items = await tx.many<{ readonly itemId: ItemId; readonly orderId: OrderId }>(sql`
      with cancelled as (
        update prescriptions.order_item
        set state = 'cancelled', version = version + 1, decided_at = ${tx.now}
        where practice = ${tx.acting.practice}
          and patient_id = ${patientId}
          and state in ('requested', 'received', 'asked')
        returning practice, item_id, version, patient_id, state, decided_at, order_id
      ), stepped as (
        insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
        select practice, item_id, version, patient_id, state, decided_at
        from cancelled
      )
      select item_id, order_id
      from cancelled
    `)
    for (const { itemId, orderId } of items) {
      await recordEvent(tx, {
        type: 'prescriptions.item-cancelled',
        about: patientId,
        details: { orderId, itemId, why: 'registration' },
      })
      await enqueue(tx, 'prescriptions.send-cancellation', { patientId, orderId, itemId })
    }
  },
}
