import { newId, parseId } from '#kernel/id'
import { addMonths, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler, JobPayload } from '#platform/jobs'
import { noticeFor, noticeTexts, type NoticeKind } from '../domain/notice.ts'

/**
 * Writes the notice that a job asks for, once per job however often it runs. It goes where the
 * patient said that it is safe, and nowhere where they said no. The payload names the patient as `patientId`; throws where it does not. Of an order nothing is written unless the patient
 * is shown, now, one of the items that it is about: `itemId`, `itemIds` with spaces between them, or
 * any of `orderId`. With an `accountId`, it is for that account alone and goes nowhere else: the
 * patient's address is not theirs.
 *
 * Hazard: H-003 (news of what was withheld meanwhile).
 */
export async function writeNotice(
  tx: Tx<SystemProof>,
  job: { readonly kind: NoticeKind; readonly payload: JobPayload; readonly jobId: string },
): Promise<void> {
  const patientId = parseId<'Patient'>(job.payload['patientId'])
  if (patientId === undefined) throw new Error('The job of a notice names no patient')
  const text = noticeFor(job.kind, job.payload)
  const noticeId = newId<'Notice'>(tx.now)
  const { orderId, itemIds } = orderOf(job.payload)
  const accountId = parseId<'Account'>(job.payload['accountId'])
  const written = await tx.run(sql`
    insert into messages.notice
      (practice, notice_id, patient_id, job_id, service, written_at, subject, body, path, sent_to,
       account_id, order_id)
    select patient.practice, ${noticeId}::uuid, patient.patient_id, ${job.jobId}::uuid,
      ${text.service}::text, ${tx.now}::timestamptz, ${text.subject}::text, ${text.body}::text,
      ${text.path}::text,
      case when ${accountId}::uuid is null
          and (contact.is_special or not (${text.isPrivate === true}
            or (${text.service} = 'access' and patient.born_on > ${addMonths(localDateOf(tx.now), -16 * 12)})))
        then coalesce(contact.email, contact.texts) end,
      ${accountId}::uuid, ${orderId}::uuid
    from directory.patient patient
    join directory.published_contact contact
      on contact.practice = patient.practice
      and contact.patient_id = patient.patient_id
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${patientId}
      and patient.registration <> 'deceased'
      and (${orderId}::uuid is null or exists (
        select from prescriptions.published_shown_item item
        where item.practice = ${tx.acting.practice}
          and item.patient_id = ${patientId}
          and item.order_id = ${orderId}::uuid
          and (${itemIds}::uuid[] is null or item.item_id = any(${itemIds}::uuid[]))))
    on conflict do nothing
  `)
  if (written === 0) return
  await recordEvent(tx, {
    type: 'messages.notice-written',
    about: patientId,
    details: { noticeId, kind: job.kind },
  })
}

/** What of an order a job is about; no items for all of them, and nothing for no order. */
function orderOf(payload: JobPayload) {
  const { itemId, itemIds = itemId } = payload
  const items = typeof itemIds === 'string' ? itemIds.split(' ').map(parseId) : undefined
  return {
    orderId: parseId<'Order'>(payload['orderId']),
    itemIds: items?.filter((id) => id !== undefined),
  }
}

/** Every kind of job that ends in a notice. */
export const messageJobs: readonly JobHandler[] = Object.keys(noticeTexts).map((name) => {
  const kind = name as NoticeKind
  return {
    kind,
    isShareable: true,
    run: (tx, payload, jobId) => writeNotice(tx, { kind, payload, jobId }),
  }
})
