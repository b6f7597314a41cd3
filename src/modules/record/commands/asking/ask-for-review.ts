import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { dueOn, maxOpen, type RequestId, type RequestKind } from '../../domain/asking/request.ts'
import { ownRequests } from '../../queries/asking/requests.ts'
import { lockRecords } from '../../queries/stored.ts'

/**
 * Asks the practice to look at what is shown, or for a copy. It says by when it answers. The same
 * words sent twice are one request, also while the first is still being written. Source: DOMAIN RD-11, DISCLOSURE 5 point 8.
 */
export async function askForReview(
  tx: Tx<Acting<'record'>>,
  asked: { readonly kind: RequestKind; readonly words: string },
): Promise<Result<RequestId, { readonly reason: 'too-many' }>> {
  await lockRecords(tx, [tx.acting.patientId])
  const open = (await ownRequests(tx)).filter((one) => one.answeredAt === undefined)
  const same = open.find((one) => one.kind === asked.kind && one.words === asked.words)
  if (same) return accept(same.requestId)
  if (open.length >= maxOpen) return refuse({ reason: 'too-many' })

  const requestId = newId<'ReviewRequest'>(tx.now)
  const { practice, patientId, accountId, as } = tx.acting
  await tx.run(sql`
    insert into record.review_request
      (practice, request_id, patient_id, account_id, asked_as, kind, words, asked_at, due_on)
    values (${practice}, ${requestId}, ${patientId}, ${accountId}, ${as}, ${asked.kind},
      ${asked.words}, ${tx.now}, ${dueOn(localDateOf(tx.now))})
  `)
  await recordEvent(tx, {
    type: 'record.review-requested',
    details: { requestId, kind: asked.kind },
  })
  return accept(requestId)
}
