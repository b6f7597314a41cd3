import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { NoticeId } from '../domain/notice.ts'

/** Notes that the account acting has read these notices. Once read they stay so. */
export async function markRead(tx: Tx<Acting>, noticeIds: readonly NoticeId[]): Promise<void> {
  if (noticeIds.length === 0) return
  await tx.run(sql`
    insert into messages.notice_read (practice, notice_id, account_id, read_at)
    select practice, notice_id, ${tx.acting.accountId}::uuid, ${tx.now}::timestamptz
    from messages.notice
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and notice_id = any(${noticeIds}::uuid[])
    on conflict (practice, notice_id, account_id) do nothing
  `)
}
