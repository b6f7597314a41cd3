import { parseId, type Id } from '#kernel/id'
import { typedText, type FieldFault, type FormFaults } from '#platform/http'
import { deskMethods, type DeskMethod } from '../../domain/desk/booking.ts'
import { parsePhone } from '../../domain/phone.ts'
import { maxReasonLength, type DeliveryChannel } from '../../domain/slot.ts'

/** What staff posted to book or to move. `method` is absent where it was not chosen. */
export interface DeskForm extends FormFaults {
  readonly idempotencyKey: Id<'Booking'> | undefined
  readonly method: DeskMethod | undefined
  readonly reason: string
  readonly phone?: string
  /** Names of the alerts that were on the page. */
  readonly seen: readonly string[]
}

/** Reads a booking; `asks` says what the form asked for, so that only that can be at fault. */
export function readDeskForm(
  body: unknown,
  asks: { readonly booking: boolean; readonly channel: DeliveryChannel | undefined },
): DeskForm {
  const posted = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(posted)
  const method = deskMethods.find((one) => one === typed['method'])
  const reason = (typed['reason'] ?? '').replaceAll('\r\n', '\n').trim()
  const typedPhone = (typed['phone'] ?? '').trim()
  const phone = typedPhone === '' ? undefined : parsePhone(typedPhone)
  const faults: FieldFault[] = []
  if (asks.booking && !method) {
    faults.push({ field: 'method', message: 'Choose how the patient asked' })
  }
  if (reason.length > maxReasonLength) {
    faults.push({
      field: 'reason',
      message: `The reason must be ${maxReasonLength} characters or less`,
    })
  }
  if (asks.channel === 'telephone' && !phone) {
    faults.push({ field: 'phone', message: 'Enter the phone number to call' })
  }
  if (phone && !phone.ok) {
    faults.push({ field: 'phone', message: 'Enter a phone number, like 01632 960 001' })
  }
  return {
    typed,
    faults,
    idempotencyKey: parseId<'Booking'>(typed['idempotencyKey']),
    method,
    reason,
    seen: seenIn(posted),
    ...(phone?.ok && { phone: phone.value }),
  }
}

function seenIn(posted: object): readonly string[] {
  const given: unknown = Reflect.get(posted, 'seen')
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((one) => typeof one === 'string')
}
