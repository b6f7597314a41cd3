import { newId, parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler, JobPayload } from '#platform/jobs'
import { noticeFor, noticeTexts, type NoticeKind } from '../domain/notice.ts'

/**
 * Writes the notice that a job asks for, once per job however often it runs. The payload names the
 * patient as `patientId`; throws where it does not.
 */
export async function writeNotice(
  tx: Tx<SystemProof>,
  job: { readonly kind: NoticeKind; readonly payload: JobPayload; readonly jobId: string },
): Promise<void> {
  const patientId = parseId<'Patient'>(job.payload['patientId'])
  if (patientId === undefined) throw new Error('The job of a notice names no patient')
  const text = noticeFor(job.kind, job.payload)
  const noticeId = newId<'Notice'>(tx.now)
  const written = await tx.run(sql`
    insert into messages.notice
      (practice, notice_id, patient_id, job_id, service, written_at, subject, body, path, sent_to)
    select patient.practice, ${noticeId}::uuid, patient.patient_id, ${job.jobId}::uuid,
      ${text.service}::text, ${tx.now}::timestamptz, ${text.subject}::text, ${text.body}::text,
      ${text.path}::text, coalesce(patient.email, patient.mobile)
    from directory.patient patient
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${patientId}
    on conflict (practice, job_id) do nothing
  `)
  if (written === 0) return
  await recordEvent(tx, {
    type: 'messages.notice-written',
    about: patientId,
    details: { noticeId, kind: job.kind },
  })
}

/** Every kind of job that ends in a notice. */
export const messageJobs: readonly JobHandler[] = Object.keys(noticeTexts).map((name) => {
  const kind = name as NoticeKind
  return { kind, run: (tx, payload, jobId) => writeNotice(tx, { kind, payload, jobId }) }
})
