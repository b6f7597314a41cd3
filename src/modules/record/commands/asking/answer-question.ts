import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { Answer, QuestionId } from '../../domain/asking/request.ts'

/** The patient's answer to whether something may be shown. It decides nothing: a person does. */
export async function answerQuestion(
  tx: Tx<Acting<'record'>>,
  given: { readonly questionId: QuestionId; readonly answer: Answer },
): Promise<Result<true, { readonly reason: 'not-there' }>> {
  const written = await tx.run(sql`
    update record.patient_question
    set answered_at = ${tx.now}, answer = ${given.answer}
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and account_id = ${tx.acting.accountId}
      and question_id = ${given.questionId}
      and answered_at is null
  `)
  if (written === 0) return refuse({ reason: 'not-there' })
  await recordEvent(tx, {
    type: 'record.question-answered',
    details: { questionId: given.questionId, answer: given.answer },
  })
  return accept(true)
}
