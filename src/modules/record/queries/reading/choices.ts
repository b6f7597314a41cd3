import type { Subject } from '#kernel/subjects'
import { sql, type Tx } from '#platform/db'
import type { Choice, ReadingChoice } from '../../domain/reading/choices.ts'
import type { Acting, Purpose } from '#modules/access'

interface ChoiceRow {
  readonly choice: Choice
  readonly subject: Subject
  readonly chosenAt: Date
}

/** What the patient chose and holds, in one order. */
export function ownReadingChoices<P extends Purpose>(
  tx: Tx<Acting<P>>,
): Promise<readonly ReadingChoice[]> {
  return tx.many<ChoiceRow>(sql`
    select choice, subject, chosen_at
    from record.reading_choice
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and ended_at is null
    order by choice, subject
  `)
}
