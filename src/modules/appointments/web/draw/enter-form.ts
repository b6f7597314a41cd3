import { parseId } from '#kernel/id'
import { typedText, type FieldFault } from '#platform/http'
import type { DrawId } from '../../domain/draw/allot.ts'
import { daysOfDraw } from '../../domain/draw/draw.ts'
import { deliveryChannels, type BookingRules } from '../../domain/slot.ts'
import { anyTime } from '../../domain/waitlist/wishes.ts'
import type { Entering } from '../../commands/draw/enter-draw.ts'
import type { DrawnSlot } from '../../queries/draw/draws.ts'
import { readAnswers } from '../booking-form.ts'
import { listIn, readTime } from '../waitlist/wishes-form.ts'

/** What was typed in the form of a draw, lists of choices apart. */
export interface TypedEntry {
  readonly typed: Readonly<Record<string, string>>
  readonly days: readonly string[]
  readonly channels: readonly string[]
}

/** A posted form of a draw; `entering` is there where nothing is at fault. */
export interface EntryForm extends TypedEntry {
  readonly entering?: Entering
  readonly faults: readonly FieldFault[]
}

/** Reads a posted form, giving every fault in page order. `undefined` where it has no key. */
export function readEntryForm(
  body: unknown,
  drawId: DrawId,
  known: {
    readonly slots: readonly DrawnSlot[]
    readonly rules: BookingRules
    readonly hasNumbers: boolean
  },
): EntryForm | undefined {
  const posted = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(posted)
  const idempotencyKey = parseId<'DrawForm'>(typed['idempotencyKey'])
  if (!idempotencyKey) return undefined
  const shown = { typed, days: listIn(posted, 'day'), channels: listIn(posted, 'how') }
  const wishes = wishesIn(shown, known.slots)
  const answers = readAnswers(posted)
  const faults = faultsOf(shown, wishes, answers, known)
  const { reason, phone } = answers.answers
  if (faults.length > 0) return { ...shown, faults }
  const entering = { drawId, idempotencyKey, wishes, reason, ...(phone !== undefined && { phone }) }
  return { ...shown, faults, entering }
}

function wishesIn({ typed, days, channels }: TypedEntry, slots: readonly DrawnSlot[]) {
  const staffId = slots.find(
    (slot) => slot.staffId !== undefined && slot.staffId === typed['with'],
  )?.staffId
  return {
    days: daysOfDraw(slots).filter((day) => days.includes(day)),
    fromTime: readTime(typed['fromTime'], anyTime.fromTime) ?? anyTime.fromTime,
    untilTime: readTime(typed['untilTime'], anyTime.untilTime) ?? anyTime.untilTime,
    deliveryChannels: deliveryChannels.filter((channel) => channels.includes(channel)),
    ...(staffId && { staffId }),
  }
}

function faultsOf(
  { typed, channels }: TypedEntry,
  wishes: ReturnType<typeof wishesIn>,
  { answers, faults }: ReturnType<typeof readAnswers>,
  { rules, hasNumbers }: { readonly rules: BookingRules; readonly hasNumbers: boolean },
): readonly FieldFault[] {
  const said: FieldFault[] = []
  const say = (field: string, message: string) => said.push({ field, message })
  if (wishes.deliveryChannels.length === 0) say('how', 'Choose at least one way to be seen')
  if (channels.includes('telephone')) {
    said.push(...faults)
    if (faults.length === 0 && answers.phone === undefined) {
      say(
        hasNumbers ? 'phone' : 'otherPhone',
        'Choose or enter a phone number for telephone appointments',
      )
    }
  }
  if (wishes.days.length === 0) say('day', 'Choose at least one day')
  const [from, until] = [readTime(typed['fromTime'], ''), readTime(typed['untilTime'], '')]
  if (from === undefined) say('fromTime', 'Enter a time, like 09:00')
  if (until === undefined) say('untilTime', 'Enter a time, like 17:00')
  else if (wishes.fromTime > wishes.untilTime) {
    say('untilTime', 'The latest time must not be before the earliest')
  }
  if (rules.reasonRequired && answers.reason === '') {
    say('reason', 'Enter why you need the appointment')
  }
  if (answers.reason.length > rules.reasonMax) {
    say('reason', `What you write must be ${rules.reasonMax} characters or less`)
  }
  return said
}
