import { parseId } from '#kernel/id'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { typedText, type FieldFault } from '#platform/http'
import { deliveryChannels } from '../../domain/slot.ts'
import type { Joining, JoiningFault } from '../../domain/waitlist/joining.ts'
import { allWeekdays, anyTime, type Wishes } from '../../domain/waitlist/wishes.ts'
import type { WishChoices } from '../../queries/waitlist/choices.ts'
import { readAnswers } from '../booking-form.ts'

/** What was typed in a form of wishes, lists of choices apart. */
export interface TypedWishes {
  readonly typed: Readonly<Record<string, string>>
  readonly channels: readonly string[]
  readonly weekdays: readonly string[]
}

/** A posted form of wishes. What cannot be read is any in `joining`, and a fault. */
export interface WishesForm extends TypedWishes {
  readonly joining: Joining
  readonly faults: readonly FieldFault[]
}

/** Reads a posted form. `undefined` where it has no key: nothing can be said about such a form. */
export function readWishesForm(
  body: unknown,
  choices: WishChoices,
  today: LocalDate,
): WishesForm | undefined {
  const posted = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(posted)
  const waitlistId = parseId<'Waitlist'>(typed['idempotencyKey'])
  if (!waitlistId) return undefined
  const shown = { typed, channels: listIn(posted, 'how'), weekdays: listIn(posted, 'weekday') }
  const answers = readAnswers(shown.channels.includes('telephone') ? posted : withoutPhone(typed))
  const wishes = readWishes(shown, choices, today)
  const replaces = parseId<'Appointment'>(typed['replaces'])
  const joining = {
    waitlistId,
    wishes: wishes.value,
    ...answers.answers,
    ...(replaces && { replaces }),
  }
  return { ...shown, faults: [...wishes.faults, ...answers.faults], joining }
}

function withoutPhone(typed: Readonly<Record<string, string>>): object {
  const { phone: _, otherPhone: __, ...rest } = typed
  return rest
}

function readWishes(
  { typed, channels, weekdays }: TypedWishes,
  choices: WishChoices,
  today: LocalDate,
): { readonly value: Wishes; readonly faults: readonly FieldFault[] } {
  const fromTime = readTime(typed['fromTime'], anyTime.fromTime)
  const untilTime = readTime(typed['untilTime'], anyTime.untilTime)
  const untilDay = parseLocalDate(typed['until'] ?? '')
  const faults = [
    ...(fromTime ? [] : [{ field: 'fromTime', message: 'Enter a time, like 09:00' }]),
    ...(untilTime ? [] : [{ field: 'untilTime', message: 'Enter a time, like 17:00' }]),
    ...(untilDay ? [] : [{ field: 'until', message: 'Choose how long you want to wait' }]),
  ]
  const from = parseLocalDate(typed['from'] ?? '')
  const fromDay = from && from > today ? from : today
  const staff = choices.clinicians.find((one) => one.staffId === typed['with'])
  const site = choices.sites.find((one) => one.siteId === typed['site'])
  const type = choices.types.find((one) => one.slotTypeId === typed['type'])
  const value = {
    fromDay,
    untilDay: untilDay ?? fromDay,
    weekdays: allWeekdays.filter((day) => weekdays.includes(String(day))),
    fromTime: fromTime ?? anyTime.fromTime,
    untilTime: untilTime ?? anyTime.untilTime,
    deliveryChannels: deliveryChannels.filter((channel) => channels.includes(channel)),
    ...(type && { slotTypeId: type.slotTypeId }),
    ...(staff && { staffId: staff.staffId }),
    ...(site && { siteId: site.siteId }),
  }
  return { value, faults }
}

/** A time of a form, or what stands for an empty one; `undefined` where it is none. */
export function readTime(typed: string | undefined, empty: string): string | undefined {
  const time = (typed ?? '').trim()
  if (time === '') return empty
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : undefined
}

/** All values of a field that can be chosen more than once. */
export function listIn(posted: object, name: string): readonly string[] {
  const given: unknown = Reflect.get(posted, name)
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((one) => typeof one === 'string')
}

const messages: Readonly<Record<JoiningFault, FieldFault>> = {
  'until-in-the-past': { field: 'until', message: 'The last day must be today or later' },
  'until-before-from': { field: 'until', message: 'The last day must not be before the first' },
  'until-too-far': { field: 'until', message: 'Choose an earlier last day' },
  'no-weekday': { field: 'weekday', message: 'Choose at least one day of the week' },
  'times-crossed': {
    field: 'untilTime',
    message: 'The latest time must not be before the earliest',
  },
  'no-channel': { field: 'how', message: 'Choose at least one way to be seen' },
  'phone-needed': {
    field: 'phone',
    message: 'Choose or enter a phone number for telephone appointments',
  },
  'reason-needed': { field: 'reason', message: 'Enter why you need the appointment' },
  'reason-too-long': { field: 'reason', message: 'What you wrote is too long. Make it shorter' },
}

const fieldOrder = [
  'how',
  'phone',
  'otherPhone',
  'weekday',
  'fromTime',
  'untilTime',
  'until',
  'reason',
]

/** What could not be read and what cannot be waited for, one for each field, in page order. */
export function allWishFaults(
  form: WishesForm,
  faults: readonly JoiningFault[],
  hasNumbers: boolean,
): readonly FieldFault[] {
  const said = faults.map((fault) => {
    const { field, message } = messages[fault]
    return { field: field === 'phone' && !hasNumbers ? 'otherPhone' : field, message }
  })
  const isPhone = (field: string) => field === 'phone' || field === 'otherPhone'
  const phoneSaid = form.faults.some(({ field }) => isPhone(field))
  const others = said.filter(
    ({ field }) =>
      !form.faults.some((fault) => fault.field === field) && !(phoneSaid && isPhone(field)),
  )
  return [...form.faults, ...others].toSorted(
    (a, b) => fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field),
  )
}
