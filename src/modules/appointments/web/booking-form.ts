import { parseId, type Id } from '#kernel/id'
import { typedText, type FieldFault, type FormFaults } from '#platform/http'
import type { BookingAnswers, MissingAnswer } from '../domain/booking.ts'
import { parsePhone } from '../domain/phone.ts'
import type { BookingRules, SlotId } from '../domain/slot.ts'

/** What names a booking, without which nothing can be said about the rest. */
export interface BookingNames {
  readonly slotId: SlotId
  readonly idempotencyKey: Id<'Booking'>
}

/** The slot and the key of a posted booking, or `undefined` where they are not ids. */
export function parseBookingNames(body: unknown): BookingNames | undefined {
  const typed = typedIn(body)
  const slotId = parseId<'Slot'>(typed['slot'])
  const idempotencyKey = parseId<'Booking'>(typed['idempotencyKey'])
  return slotId && idempotencyKey && { slotId, idempotencyKey }
}

/** Answers as far as they can be read, with what is wrong with those that cannot. */
export interface GivenAnswers extends FormFaults {
  readonly answers: BookingAnswers
}

/** Reads the answers of a posted booking. Line breaks count as one character, as in the browser. */
export function readAnswers(body: unknown): GivenAnswers {
  const typed = typedIn(body)
  const reason = (typed['reason'] ?? '').replaceAll('\r\n', '\n').trim()
  const phone = readPhone(typed['phone'] ?? '', (typed['otherPhone'] ?? '').trim())
  const faults = phone.fault === undefined ? [] : [{ field: 'otherPhone', message: phone.fault }]
  const { number } = phone
  return { typed, faults, answers: { reason, ...(number !== undefined && { phone: number }) } }
}

function readPhone(
  choice: string,
  other: string,
): { readonly number?: string; readonly fault?: string } {
  const given = choice === 'other' || choice === '' ? other : choice
  if (given === '') return choice === 'other' ? { fault: 'Enter a phone number' } : {}
  const parsed = parsePhone(given)
  if (parsed.ok) return { number: parsed.value }
  return { fault: 'Enter a phone number, like 01632 960 001 or 07700 900 982' }
}

/** What was wrong already, then what is missing, in page order: `reason` stands before the phone. */
export function allFaults(
  given: GivenAnswers,
  missing: readonly MissingAnswer[],
  form: { readonly hasNumbers: boolean; readonly rules: BookingRules },
): readonly FieldFault[] {
  const reason: FieldFault[] = []
  const phone = [...given.faults]
  if (missing.includes('reason-needed')) {
    reason.push({ field: 'reason', message: 'Enter why you need the appointment' })
  }
  if (missing.includes('reason-too-long')) {
    const message = `What you write must be ${form.rules.reasonMax} characters or less`
    reason.push({ field: 'reason', message })
  }
  if (missing.includes('phone-needed') && phone.length === 0) {
    phone.push(
      form.hasNumbers
        ? { field: 'phone', message: 'Choose which phone number we should call' }
        : { field: 'otherPhone', message: 'Enter a phone number' },
    )
  }
  return [...reason, ...phone]
}

function typedIn(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'object' && body !== null ? typedText(body) : {}
}
