import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import type { Subject } from '#kernel/subjects'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { keepable, tellable, type Choice } from '../../domain/reading/choices.ts'
import { ownReadingChoices } from '../../queries/reading/choices.ts'
import type { Acting } from '#modules/access'

/** What a patient chose on the page, all of it: what is not in it is not chosen any more. */
export interface ChosenReading {
  readonly tellInPerson: readonly Subject[]
  readonly keepPrivate: readonly Subject[]
}

/**
 * Sets what the patient is told in person first and what is kept from those who act for them. Only
 * the patient may: not those from whom it would be kept. A choice that stays keeps its date.
 */
export async function chooseReading(
  tx: Tx<Acting<'record'>>,
  chosen: ChosenReading,
): Promise<Result<void, 'not-the-patient'>> {
  if (tx.acting.as !== 'self') return refuse('not-the-patient')
  const wanted = [
    ...tellable.filter((one) => chosen.tellInPerson.includes(one)).map(as('tell-in-person')),
    ...keepable.filter((one) => chosen.keepPrivate.includes(one)).map(as('keep-private')),
  ]
  const held = await ownReadingChoices(tx)
  const isSame = (one: Chosen) => (other: Chosen) =>
    one.choice === other.choice && one.subject === other.subject
  const ended = held.filter((one) => !wanted.some(isSame(one)))
  const begun = wanted.filter((one) => !held.some(isSame(one)))
  if (ended.length + begun.length === 0) return accept(undefined)
  await write(tx, ended, begun)
  return accept(undefined)
}

interface Chosen {
  readonly choice: Choice
  readonly subject: Subject
}

function as(choice: Choice) {
  return (subject: Subject): Chosen => ({ choice, subject })
}

async function write(
  tx: Tx<Acting<'record'>>,
  ended: readonly Chosen[],
  begun: readonly Chosen[],
): Promise<void> {
  const { practice, patientId, accountId } = tx.acting
  for (const { choice, subject } of ended) {
    await tx.run(sql`
      update record.reading_choice
      set ended_at = ${tx.now}
      where practice = ${practice}
        and patient_id = ${patientId}
        and choice = ${choice}
        and subject = ${subject}
        and ended_at is null
    `)
  }
  for (const { choice, subject } of begun) {
    await tx.run(sql`
      insert into record.reading_choice
        (practice, choice_id, patient_id, choice, subject, chosen_at, chosen_by)
      values (${practice}, ${newId(tx.now)}, ${patientId}, ${choice}, ${subject}, ${tx.now}, ${accountId})
      on conflict (practice, patient_id, choice, subject) where ended_at is null do nothing
    `)
  }
  await recordEvent(tx, {
    type: 'record.reading-chosen',
    details: { begun: begun.length, ended: ended.length },
  })
  if (begun.length > 0) await enqueue(tx, 'record.read-subjects', { patientId })
}
