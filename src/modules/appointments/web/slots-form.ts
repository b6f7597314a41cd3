import { parseId } from '#kernel/id'
import { instantAt, localTimeOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { typedText, type FormFaults } from '#platform/http'
import type { SlotChange, SlotChangeRefusal } from '../domain/slot-change.ts'
import type { SlotId } from '../domain/slot.ts'

/** What staff chose on a day's page. `change` is absent where it cannot be read. */
export interface SlotsForm extends FormFaults {
  readonly day: LocalDate | undefined
  readonly slotIds: readonly SlotId[]
  readonly change: SlotChange | undefined
}

/** Reads chosen slots and what to do with them; a release time that is empty is now. */
export function readSlotsForm(body: unknown, now: Date): SlotsForm {
  const posted = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(posted)
  const slotIds = chosenIn(posted)
  const release = readRelease(typed, now)
  const change = changeOf(typed['action'], release.releasedAt)
  const faults = [
    ...(slotIds.length === 0 ? [{ field: 'slot', message: 'Choose at least one slot' }] : []),
    ...(typed['action'] === 'publish' ? release.faults : []),
    ...(isAction(typed['action'])
      ? []
      : [{ field: 'slot', message: 'Choose what to do with the slots' }]),
  ]
  return { day: parseLocalDate(typed['day'] ?? ''), slotIds, change, typed, faults }
}

/** Reads a day and a time from which patients may book; both or neither. */
export function readRelease(
  typed: Readonly<Record<string, string>>,
  now: Date,
): { readonly releasedAt?: Date; readonly faults: FormFaults['faults'] } {
  const [dayText, time] = [typed['releaseDay'] ?? '', typed['releaseTime'] ?? '']
  if (dayText === '' && time === '') return { releasedAt: now, faults: [] }
  const day = parseLocalDate(dayText)
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
  const faults = [
    ...(day
      ? []
      : [
          {
            field: 'releaseDay',
            message: 'Enter the day patients can book from, or leave day and time empty',
          },
        ]),
    ...(isTime
      ? []
      : [{ field: 'releaseTime', message: 'Enter the time patients can book from, like 08:00' }]),
  ]
  if (!day || !isTime) return { faults }
  const releasedAt = instantAt(day, time)
  if (localTimeOf(releasedAt) !== time) {
    return {
      faults: [
        { field: 'releaseTime', message: 'The clocks change over that time. Choose another' },
      ],
    }
  }
  return { releasedAt, faults: [] }
}

/** Why nothing was changed, as faults of the form. */
export function slotFaults(refusal: SlotChangeRefusal): FormFaults['faults'] {
  const many = refusal.slotIds.length
  const slots = many === 1 ? '1 of the chosen slots' : `${many} of the chosen slots`
  const is = many === 1 ? 'is' : 'are'
  switch (refusal.reason) {
    case 'booked':
      return [
        {
          field: 'slot',
          message: `${slots} ${is} booked. Nothing was blocked. Choose free slots only`,
        },
      ]
    case 'held':
      return [
        {
          field: 'slot',
          message: `${slots} ${is} being offered to someone, or in a draw. Nothing was blocked`,
        },
      ]
    case 'overbooked':
      return [
        {
          field: 'slot',
          message: `${slots} ${many === 1 ? 'was' : 'were'} added by overbooking, which patients are never offered. Nothing was published`,
        },
      ]
    case 'not-described':
      return [
        {
          field: 'slot',
          message: `${slots} ${many === 1 ? 'has' : 'have'} no national category or no way of meeting. Nothing was published`,
        },
      ]
    case 'in-the-past':
      return [{ field: 'slot', message: `${slots} ${is} in the past. Nothing was changed` }]
    case 'not-found':
      return [{ field: 'slot', message: `${slots} ${is} no longer there. Nothing was changed` }]
  }
}

function chosenIn(posted: object): readonly SlotId[] {
  const given: unknown = Reflect.get(posted, 'slot')
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  const ids = list.map((one) => parseId<'Slot'>(one)).filter((id) => id !== undefined)
  return [...new Set(ids)]
}

function isAction(action: string | undefined): action is SlotChange['action'] {
  return action === 'publish' || action === 'withdraw' || action === 'block' || action === 'unblock'
}

function changeOf(
  action: string | undefined,
  releasedAt: Date | undefined,
): SlotChange | undefined {
  if (!isAction(action)) return undefined
  if (action !== 'publish') return { action }
  return releasedAt && { action, releasedAt }
}
