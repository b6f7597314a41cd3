import { z } from 'zod'
import { parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { parseForm, type FieldFault } from '#platform/http'
import type { Inviting } from '../../commands/templates/invite-patients.ts'
import { invitationKinds } from '../../domain/templates/invitation.ts'
import { day, oneOf, severalIds, words } from './fields.ts'

const most = 200

const schema = z.object({
  patient: severalIds<'Patient'>(),
  nhsNumbers: words(0, 5000, `Enter at most ${most} NHS numbers at a time`),
  kind: oneOf(invitationKinds, 'Choose why they are invited'),
  expiresOn: day('Enter the last day on which they can book'),
})

/** Whom to invite, and what was typed that is no NHS number at all. */
export interface InvitationForm {
  readonly inviting: Omit<Inviting, 'slotTypeId'>
  readonly unreadable: readonly string[]
}

/**
 * Reads whom to invite: people ticked in a list, and NHS numbers pasted with anything between them
 * but spaces inside a number. Fault where nobody is named, or where the last day has passed.
 */
export function readInvitationForm(
  body: unknown,
  today: LocalDate,
): Result<InvitationForm, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { patient, nhsNumbers, kind, expiresOn } = form.value
  const { numbers, unreadable } = readNumbers(nhsNumbers)
  const many = patient.length + numbers.length
  const faults = [
    ...(many + unreadable.length === 0
      ? [{ field: 'nhsNumbers', message: 'Choose somebody, or enter at least one NHS number' }]
      : []),
    ...(many > most
      ? [{ field: 'nhsNumbers', message: `Enter at most ${most} NHS numbers at a time` }]
      : []),
    ...(expiresOn < today
      ? [{ field: 'expiresOn', message: 'The last day must be today or later' }]
      : []),
  ]
  if (faults.length > 0) return refuse(faults)
  return accept({
    inviting: { patientIds: patient, nhsNumbers: numbers, kind, expiresOn },
    unreadable,
  })
}

/** One number a line, or several with commas or semicolons between; spaces inside one are dropped. */
function readNumbers(text: string): {
  readonly numbers: readonly NhsNumber[]
  readonly unreadable: readonly string[]
} {
  const pieces = text
    .split(/[\n\r,;]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const read = pieces.map((piece) => ({ piece, parsed: parseNhsNumber(piece) }))
  const numbers = read.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : []))
  return {
    numbers: [...new Set(numbers)],
    unreadable: read.flatMap(({ piece, parsed }) => (parsed.ok ? [] : [piece])),
  }
}
