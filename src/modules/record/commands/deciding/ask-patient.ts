import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { associationsOfPatient } from '#modules/access'
import type { About } from '../../domain/asking/request.ts'
import { decideHiding } from '../../domain/deciding.ts'
import type { EntryKind } from '../../domain/entry.ts'
import {
  by,
  factsOf,
  isDoneAlready,
  lockedInContext,
  stillAgainst,
  writeDecisions,
  type Decided,
  type Decider,
  type EntryDecision,
  type Refusal,
} from './decider.ts'

const abouts: Partial<Record<EntryKind, About>> = {
  document: 'letter',
  referral: 'letter',
  result: 'result',
  'result-group': 'result',
  report: 'result',
  consultation: 'appointment',
  note: 'appointment',
  topic: 'appointment',
  heading: 'appointment',
  medication: 'medicine',
  issue: 'medicine',
}

/**
 * Asks the patient, and nobody who acts for them, whether an entry may be shown online. They are told
 * that there is something of its kind, and of no more. It is hidden meanwhile, and whatever they
 * answer, a person decides. Refused where the patient has no account of their own.
 *
 * Source: DOMAIN RD-5. Hazard: the question tells of what is not to be known.
 */
export async function askPatient(
  tx: Decider,
  asked: EntryDecision & { readonly until: LocalDate },
): Promise<Result<Decided, Refusal>> {
  const found = await lockedInContext(tx, asked.entryId)
  if (!found) return refuse({ reason: 'not-there' })
  if (isDoneAlready(tx, found, asked.seen, 'hidden')) return accept({ count: 1 })
  const decision = decideHiding(await factsOf(tx, found.subject, asked.seen))
  if (!decision.ok) return decision
  const associations = await associationsOfPatient(tx, found.patientId)
  const own = associations.find((one) => one.relation === 'self')
  if (!own) return refuse({ reason: 'no-account' })

  const { entry, entryId } = found.subject
  const questionId = newId<'PatientQuestion'>(tx.now)
  await tx.run(sql`
    insert into record.patient_question
      (practice, question_id, entry_id, patient_id, account_id, asked_at, asked_by, about,
       happened_on)
    values (${tx.acting.practice}, ${questionId}, ${entryId}, ${found.patientId},
      ${own.accountId}, ${tx.now}, ${tx.acting.staffId}, ${abouts[entry.kind] ?? 'something'},
      ${entry.clinicalAt && localDateOf(entry.clinicalAt)})
    on conflict do nothing
  `)
  await enqueue(tx, 'record.send-question', { patientId: found.patientId })
  const family = found.family.filter((one) => one.standing?.outcome !== 'withheld')
  return writeDecisions(tx, found, 'record.patient-asked', [found.subject, ...family], (one) => ({
    outcome: 'hidden',
    awaits: 'answer',
    reviewOn: asked.until,
    reasons: stillAgainst(
      one,
      by('staff.asked', 'The patient was asked whether it may be shown online.'),
    ),
  }))
}
