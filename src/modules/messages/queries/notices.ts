import { minutesBefore } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import type { NoticeId, NoticeService } from '../domain/notice.ts'

/** A notice as the person acting sees it. `isRead` is theirs, not another's. */
export interface Notice {
  readonly noticeId: NoticeId
  readonly writtenAt: Date
  readonly subject: string
  readonly body: string
  /** Where on this site the thing itself is. */
  readonly path: string
  readonly isRead: boolean
}

/** How many notices a page lists. */
export const noticesOnPage = 20

const recentDays = 30
const recentLimit = 3

/** What is new for the person acting: their unread notices of 30 days, newest first, at most 3. */
export async function recentNotices(tx: Tx<Acting>): Promise<readonly Notice[]> {
  const since = minutesBefore(tx.now, recentDays * 24 * 60)
  return tx.many<Notice>(sql`
    select notice.notice_id, notice.written_at, notice.subject, notice.body, notice.path,
      false as is_read
    from messages.notice
    where notice.practice = ${tx.acting.practice}
      and notice.patient_id = ${tx.acting.patientId}
      and notice.service = any(${await openServices(tx)}::text[])
      and notice.written_at > ${since}
      and not exists (
        select from messages.notice_read
        where notice_read.practice = ${tx.acting.practice}
          and notice_read.notice_id = notice.notice_id
          and notice_read.account_id = ${tx.acting.accountId})
    order by notice.written_at desc, notice.notice_id desc
    limit ${recentLimit}
  `)
}

/** A page of the notices (from 1), newest first, and one more where there are more. */
export async function ownNotices(tx: Tx<Acting>, page: number): Promise<readonly Notice[]> {
  return tx.many<Notice>(sql`
    select notice.notice_id, notice.written_at, notice.subject, notice.body, notice.path,
      notice_read.read_at is not null as is_read
    from messages.notice
    left join messages.notice_read
      on notice_read.practice = notice.practice
      and notice_read.notice_id = notice.notice_id
      and notice_read.account_id = ${tx.acting.accountId}
    where notice.practice = ${tx.acting.practice}
      and notice.patient_id = ${tx.acting.patientId}
      and notice.service = any(${await openServices(tx)}::text[])
    order by notice.written_at desc, notice.notice_id desc
    limit ${noticesOnPage + 1}
    offset ${(page - 1) * noticesOnPage}
  `)
}

/** Services that the person acting may use now: only these are told of. */
async function openServices(tx: Tx<Acting>): Promise<readonly NoticeService[]> {
  const permissions = await permissionsOf(tx)
  const services = (['appointments', 'prescriptions'] as const).filter(
    (service) => permissions[service] !== 'none',
  )
  return [...services, tx.acting.as === 'self' ? 'access' : 'acting']
}

/** A notice that went out, as the practice checks it. `sentTo` is absent where there is no address. */
export interface SentNotice {
  readonly noticeId: NoticeId
  readonly writtenAt: Date
  readonly givenName: string
  readonly familyName: string
  readonly sentTo?: string
  readonly subject: string
  readonly body: string
}

/** A page of what the practice's patients were told (from 1), newest first, and one more if any. */
export function sentNotices(
  tx: Tx<StaffActing<'manage-practice'>>,
  page: number,
): Promise<readonly SentNotice[]> {
  return tx.many<SentNotice>(sql`
    select notice.notice_id, notice.written_at, patient.given_name, patient.family_name,
      notice.sent_to, notice.subject, notice.body
    from messages.notice
    join directory.patient
      on patient.practice = notice.practice
      and patient.patient_id = notice.patient_id
    where notice.practice = ${tx.acting.practice}
    order by notice.written_at desc, notice.notice_id desc
    limit ${noticesOnPage + 1}
    offset ${(page - 1) * noticesOnPage}
  `)
}
