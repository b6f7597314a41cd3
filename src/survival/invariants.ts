/** A question to the database whose answer must hold no row: each row is a breach. */
export interface Invariant {
  readonly name: string
  /** Gives rows with one column, `what`. */
  readonly text: string
}

/** A change, and the event that must tell of it exactly once. */
function toldOnce(name: string, change: string, id: string, event: string): Invariant {
  return {
    name,
    text: `
      select change.id::text || ' has ' || count(event.event_id) || ' events' as what
      from (${change}) as change (practice, id)
      left join audit.event event
        on event.practice = change.practice
        and event.outcome = 'done'
        and event.type ${event}
        and event.details ->> '${id}' = change.id::text
      group by change.practice, change.id
      having count(event.event_id) <> 1`,
  }
}

/** A change, and the job that must follow from it exactly once. */
function followedOnce(name: string, change: string, id: string, kind: string): Invariant {
  return {
    name,
    text: `
      select change.id::text || ' has ' || count(job.job_id) || ' jobs' as what
      from (${change}) as change (practice, id)
      left join jobs.job job
        on job.practice = change.practice
        and job.kind = '${kind}'
        and job.payload ->> '${id}' = change.id::text
      group by change.practice, change.id
      having count(job.job_id) <> 1`,
  }
}

const booked = `select practice, appointment_id from appointments.appointment`
const cancelled = `${booked} where cancelled_at is not null`
const ordered = `select practice, order_id from prescriptions.medicine_order`
const decided = `select practice, item_id from prescriptions.order_item where decided_at is not null`
const asked = `select practice, request_id from record.review_request`

/** What must hold at every moment, whatever was killed. The audit chain and what is
 * shown are checked beside these. */
export const invariants: readonly Invariant[] = [
  {
    name: 'I-3 a slot has at most one live appointment',
    text: `
      select slot_id::text as what
      from appointments.appointment
      where cancelled_at is null
      group by practice, slot_id
      having count(*) > 1`,
  },
  {
    name: 'I-3 a slot is booked if, and only if, it has a live appointment',
    text: `
      select slot.slot_id::text || ' is ' || slot.state as what
      from appointments.slot slot
      left join appointments.appointment live
        on live.practice = slot.practice
        and live.slot_id = slot.slot_id
        and live.cancelled_at is null
      where (slot.state = 'booked') <> (live.appointment_id is not null)`,
  },
  {
    name: 'I-3 nobody holds more appointments than the practice allows',
    text: `
      select patient_id::text as what
      from appointments.appointment
      join appointments.booking_rule using (practice)
      where cancelled_at is null
        and starts_at > now()
      group by practice, patient_id, max_held
      having count(*) > max_held`,
  },
  {
    name: 'I-6 no key did its work twice',
    text: `
      select idempotency_key::text as what
      from (
        select practice, patient_id, idempotency_key::text from appointments.appointment
        union all
        select practice, patient_id, idempotency_key::text from prescriptions.medicine_order) as done
      group by practice, patient_id, idempotency_key
      having count(*) > 1`,
  },
  {
    name: 'I-6 no message is there twice',
    text: `
      select min(request_id::text) as what
      from record.review_request
      group by practice, patient_id, account_id, words
      having count(*) > 1`,
  },
  {
    name: 'I-6 each version of an item has its step',
    text: `
      select item.item_id::text as what
      from prescriptions.order_item item
      left join prescriptions.item_step step using (practice, item_id)
      group by item.practice, item.item_id, item.version
      having count(step.version) <> item.version`,
  },
  toldOnce(
    'I-7 a booking has its event',
    booked,
    'appointmentId',
    `= 'appointments.appointment-booked'`,
  ),
  toldOnce(
    'I-7 a cancelling has its event',
    cancelled,
    'appointmentId',
    `= 'appointments.appointment-cancelled'`,
  ),
  toldOnce('I-7 an order has its event', ordered, 'orderId', `= 'prescriptions.medicines-ordered'`),
  toldOnce(
    'I-7 a decided item has its event',
    decided,
    'itemId',
    `in ('prescriptions.item-approved', 'prescriptions.item-rejected')`,
  ),
  toldOnce('I-7 a message has its event', asked, 'requestId', `= 'record.review-requested'`),
  {
    name: 'I-7 a decided entry has its event',
    text: `
      select decision.entry_id::text as what
      from record.disclosure_decision decision
      where decision.decided_by = 'staff'
        and not exists (
          select
          from audit.event event
          where event.practice = decision.practice
            and event.at = decision.decided_at
            and event.actor_id = decision.staff_id
            and event.type like 'record.%'
            and (event.details ->> 'entryId' = decision.entry_id::text
              or event.details -> 'also' ? decision.entry_id::text))`,
  },
  followedOnce(
    'I-6 a booking has its job',
    booked,
    'appointmentId',
    'appointments.send-confirmation',
  ),
  followedOnce('I-6 an order has its job', ordered, 'orderId', 'prescriptions.send-received'),
  followedOnce('I-6 a decided item has its job', decided, 'itemId', 'prescriptions.send-decision'),
  {
    name: 'I-6 a job that is done told the patient once, and none that is not done told anybody',
    text: `
      select job.job_id::text || ' has ' || count(notice.notice_id) || ' notices' as what
      from jobs.job job
      left join messages.notice notice using (practice, job_id)
      where job.kind = 'appointments.send-confirmation'
      group by job.practice, job.job_id, job.done_at
      having count(notice.notice_id) <> case when job.done_at is null then 0 else 1 end`,
  },
  {
    name: 'I-7 every sealed event is there, and under one seal',
    text: `
      select sealed.event_id::text as what
      from audit.sealed_event sealed
      left join audit.event event using (practice, event_id)
      where event.event_id is null`,
  },
  {
    name: 'I-8 a practice stands alone in every table of its data',
    text: `
      select table_class.oid::regclass::text as what
      from pg_class table_class
      join pg_attribute attribute on attribute.attrelid = table_class.oid
      where attribute.attname = 'practice'
        and table_class.relkind = 'r'
        and table_class.relowner = 'patient_online_owner'::regrole
        and table_class.relnamespace <> 'accounts'::regnamespace
        and table_class.relname <> 'practice'
        and not table_class.relforcerowsecurity`,
  },
]
