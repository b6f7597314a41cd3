import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { RequestId, RequestOutcome } from '../../domain/asking/request.ts'
import { reviewRequests } from '../../queries/asking/requests.ts'

/** Why a request was not answered. */
export type AnswerRefusal = { readonly reason: 'not-there' | 'answered-meanwhile' }

/** Answers what somebody asked about what is shown, and tells them that there is an answer. */
export async function answerRequest(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  given: {
    readonly requestId: RequestId
    readonly outcome: RequestOutcome
    readonly answer: string
  },
): Promise<Result<true, AnswerRefusal>> {
  const [request] = await reviewRequests(tx, given.requestId)
  if (!request) return refuse({ reason: 'not-there' })
  const { practice, staffId } = tx.acting
  const written = await tx.run(sql`
    update record.review_request
    set answered_at = ${tx.now}, answered_by = ${staffId}, outcome = ${given.outcome},
      answer = ${given.answer}
    where practice = ${practice}
      and request_id = ${given.requestId}
      and answered_at is null
  `)
  if (written === 0) {
    const isSame = request.outcome === given.outcome && request.answer === given.answer
    return isSame ? accept(true) : refuse({ reason: 'answered-meanwhile' })
  }
  await recordEvent(tx, {
    type: 'record.review-request-answered',
    about: request.patientId,
    details: { requestId: given.requestId, outcome: given.outcome },
  })
  // A notice is the patient's to read; whoever acts for them sees the answer where they asked.
  if (request.askedAs === 'self')
    await enqueue(tx, 'record.send-answer', { patientId: request.patientId })
  return accept(true)
}
