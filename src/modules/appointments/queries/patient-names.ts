import { subjectsOfWords, type Subject } from '#kernel/subjects'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { ownNumbersOnRecord } from '#modules/directory'

interface Named {
  readonly slotType: string
  readonly publicName?: string
  readonly jobTitle?: string
  readonly room?: string
  readonly site?: string | undefined
  readonly reason: string
  readonly cancelReason?: string | undefined
  readonly phone?: string | undefined
  readonly bookedAt: Date
  readonly bookedBy: 'patient' | 'proxy' | 'staff'
}

interface ChoiceRow {
  readonly choice: 'tell-in-person' | 'keep-private'
  readonly subject: Subject
  readonly chosenAt: Date
}

/**
 * The same appointments, called only "Appointment" where their name, place or clinician would tell of
 * something that the patient keeps from this reader, or wants to hear in person first. What patients
 * booked themselves they know. Where anything is kept from this reader, what was written as the reason
 * is too, whoever booked: it may say just that, and goes along when another moves the appointment. So
 * is why it was cancelled. A site is told by its address alone where its name would tell.
 * A number to phone is left out for those who may not see how the patient is reached.
 *
 * Source: DOMAIN TR-4, CO-4, PX-9.
 */
export async function quietly<One extends Named>(
  tx: Tx<Acting<'appointments'>>,
  appointments: Promise<readonly One[]>,
): Promise<readonly One[]> {
  const [found, numbers, choices] = await Promise.all([
    appointments,
    ownNumbersOnRecord(tx, tx.acting.patientId),
    tx.many<ChoiceRow>(sql`
      select choice.choice, choice.subject, choice.chosen_at
      from record.published_own_choice choice
      where choice.practice = ${tx.acting.practice}
      order by choice.choice, choice.subject
    `),
  ])
  const keepsNumbers = numbers === undefined
  if (choices.length === 0 && !keepsNumbers) return found
  const keepsAny = choices.some(({ choice }) => choice === 'keep-private')
  return found.map((one) => ({
    ...(tells(one, choices) ? unnamed(one) : one),
    ...(keepsAny && { reason: '', cancelReason: undefined }),
    ...(keepsNumbers && { phone: undefined }),
  }))
}

function tells(one: Named, choices: readonly ChoiceRow[]): boolean {
  const words = [one.slotType, one.publicName, one.jobTitle, one.room, one.site]
    .filter(Boolean)
    .join('\n')
  const subjects = subjectsOfWords(words)
  return choices.some(
    ({ choice, subject, chosenAt }) =>
      subjects.includes(subject) &&
      (choice === 'keep-private' || (one.bookedBy === 'staff' && one.bookedAt >= chosenAt)),
  )
}

function unnamed<One extends Named>(one: One) {
  return {
    ...one,
    slotType: 'Appointment',
    publicName: '',
    jobTitle: '',
    room: '',
    ...(one.site !== undefined && { site: 'Another site of the surgery' }),
  }
}
