import type pg from 'pg'
import type { Acknowledged, Journal } from './journal.ts'

/** What was acknowledged of one kind. */
type Of<Kind extends Acknowledged['kind']> = Extract<Acknowledged, { readonly kind: Kind }>

/**
 * One line for each thing that was acknowledged and is not there as it was, or that was refused and
 * is there all the same.
 */
export async function lostWork(client: pg.Client, journal: Journal): Promise<readonly string[]> {
  const { acknowledged, refused, maybeCancelled } = journal
  const of = <Kind extends Acknowledged['kind']>(kind: Kind) =>
    acknowledged.filter((one): one is Of<Kind> => one.kind === kind)
  const lost = async (kind: string, text: string, given: readonly object[]) => {
    const { rows } = await client.query<{ what: string }>(text, [JSON.stringify(given)])
    return rows.map(({ what }) => `${kind}: ${what}`)
  }
  const bookings = of('booking').map((one) => ({
    ...one,
    maybeCancelled: maybeCancelled.has(one.id),
  }))
  return [
    ...(await lost('a booking was lost', bookingsLost, bookings)),
    ...(await lost('a cancelling was lost', cancellingsLost, of('cancelling'))),
    ...(await lost('an order was lost', ordersLost, of('order'))),
    ...(await lost('a decision of an item was lost', itemsLost, of('item decision'))),
    ...(await lost('a decision of an entry was lost', entriesLost, of('entry decision'))),
    ...(await lost('a message was lost or doubled', messagesLost, of('message'))),
    ...(await lost('what was refused is there', refusedThere, refused)),
  ]
}

const bookingsLost = `
  select given.id::text as what
  from jsonb_to_recordset($1::jsonb) as given
    (id uuid, key uuid, "patientId" uuid, "slotId" uuid, "maybeCancelled" boolean)
  left join appointments.appointment found
    on found.appointment_id = given.id
    and found.idempotency_key = given.key
    and found.patient_id = given."patientId"
    and found.slot_id = given."slotId"
    and (found.cancelled_at is null or given."maybeCancelled")
  where found.appointment_id is null
  limit 5`

const cancellingsLost = `
  select given.id::text as what
  from jsonb_to_recordset($1::jsonb) as given (id uuid)
  left join appointments.appointment found
    on found.appointment_id = given.id
    and found.cancelled_at is not null
  where found.appointment_id is null
  limit 5`

const ordersLost = `
  select given.id::text as what
  from jsonb_to_recordset($1::jsonb) as given (id uuid, key uuid, "patientId" uuid)
  left join prescriptions.medicine_order found
    on found.order_id = given.id
    and found.idempotency_key::text = given.key::text
    and found.patient_id = given."patientId"
  left join prescriptions.order_item item
    on item.practice = found.practice
    and item.order_id = found.order_id
  where item.item_id is null
  limit 5`

const itemsLost = `
  select given.id::text as what
  from jsonb_to_recordset($1::jsonb) as given
    (id uuid, version integer, outcome text, "staffId" uuid)
  left join prescriptions.order_item item
    on item.item_id = given.id
    and item.version >= given.version + 1
    and item.state = given.outcome
    and item.decided_by = given."staffId"
  where item.item_id is null
  limit 5`

const entriesLost = `
  select given.id::text as what
  from jsonb_to_recordset($1::jsonb) as given
    (id uuid, "decisionNo" integer, outcome text, "staffId" uuid)
  left join record.disclosure_decision found
    on found.entry_id = given.id
    and found.decision_no = given."decisionNo" + 1
    and found.staff_id = given."staffId"
    and found.outcome = given.outcome
  where found.entry_id is null
  limit 5`

const messagesLost = `
  select given.words || ' is there ' || count(found.request_id) || ' times' as what
  from jsonb_to_recordset($1::jsonb) as given ("patientId" uuid, words text)
  left join record.review_request found
    on found.patient_id = given."patientId"
    and found.words = given.words
  group by given."patientId", given.words
  having count(found.request_id) <> 1
  limit 5`

const refusedThere = `
  select given.kind || ' ' || given.key as what
  from jsonb_to_recordset($1::jsonb) as given (kind text, key text)
  where exists (
      select from appointments.appointment where idempotency_key::text = given.key)
    or exists (
      select from prescriptions.medicine_order where idempotency_key::text = given.key)
  limit 5`
