import type { FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import {
  addDays,
  instantAt,
  localDateOf,
  localTimeOf,
  parseLocalDate,
  startOfDay,
  type LocalDate,
} from '#kernel/time'
import { typedText, type FieldFault } from '#platform/http'
import { priorities, type DrawId } from '../../domain/draw/allot.ts'
import type { DrawPlan } from '../../domain/draw/draw.ts'
import { queryText } from '../query-text.ts'
import { listIn } from '../waitlist/wishes-form.ts'

/** Which slots are shown to choose from. */
export interface SlotChoice {
  readonly from: LocalDate
  readonly until: LocalDate
  readonly slotType: string
}

/** The days and the type that staff asked for; two weeks from tomorrow where they did not. */
function slotChoiceIn(given: Readonly<Record<string, string | undefined>>, now: Date): SlotChoice {
  const tomorrow = addDays(localDateOf(now), 1)
  const from = parseLocalDate(given['from'] ?? '') ?? tomorrow
  const until = parseLocalDate(given['until'] ?? '') ?? addDays(from, 13)
  return { from, until: until < from ? from : until, slotType: given['type'] ?? '' }
}

/** As `slotChoiceIn`, from an address. */
export function slotChoiceOf(request: FastifyRequest, now: Date): SlotChoice {
  const asked = (name: string) => queryText(request, name)
  return slotChoiceIn({ from: asked('from'), until: asked('until'), type: asked('type') }, now)
}

/** The instants of a choice: both days included. */
export function instantsOfChoice({ from, until, slotType }: SlotChoice) {
  return {
    from: startOfDay(from),
    until: startOfDay(addDays(until, 1)),
    ...(slotType !== '' && { slotType }),
  }
}

/** A posted plan; `plan` is there where all of it can be read. */
export interface PlanForm {
  readonly typed: Readonly<Record<string, string>>
  readonly chosen: readonly string[]
  readonly choice: SlotChoice
  readonly plan?: DrawPlan & { readonly drawId: DrawId }
  readonly faults: readonly FieldFault[]
}

/** Reads a posted plan, every fault at once. `undefined` where it has no key. */
export function readPlanForm(body: unknown, now: Date): PlanForm | undefined {
  const posted = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(posted)
  const drawId = parseId<'Draw'>(typed['idempotencyKey'])
  if (!drawId) return undefined
  const chosen = listIn(posted, 'slot')
  const shown = { typed, chosen, choice: slotChoiceIn(typed, now) }
  const name = (typed['name'] ?? '').trim()
  const opens = readInstant(typed, 'opens', now)
  const closes = readInstant(typed, 'closes')
  const order = [typed['first'], typed['second'], typed['third']]
    .map((one) => priorities.find((priority) => priority === one))
    .filter((one) => one !== undefined)
  const faults = [
    ...(chosen.length === 0 ? [{ field: 'slot', message: 'Choose at least one slot' }] : []),
    ...(name === '' || name.length > 100
      ? [{ field: 'name', message: 'Enter a name that patients read, of 100 characters or less' }]
      : []),
    ...opens.faults,
    ...closes.faults,
    ...(new Set(order).size < order.length
      ? [{ field: 'first', message: 'Choose each priority once' }]
      : []),
  ]
  if (!opens.at || !closes.at || faults.length > 0) return { ...shown, faults }
  const slotIds = chosen.map((one) => parseId<'Slot'>(one)).filter((one) => one !== undefined)
  const plan = {
    drawId,
    name,
    opensAt: opens.at,
    closesAt: closes.at,
    priorities: order,
    slotIds: [...new Set(slotIds)],
  }
  return { ...shown, faults, plan }
}

function readInstant(
  typed: Readonly<Record<string, string>>,
  which: 'opens' | 'closes',
  empty?: Date,
): { readonly at?: Date; readonly faults: readonly FieldFault[] } {
  const [dayText = '', time = ''] = [typed[`${which}Day`], typed[`${which}Time`]]
  if (dayText === '' && time === '' && empty) return { at: empty, faults: [] }
  const day = parseLocalDate(dayText)
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
  const or = empty ? ', or leave day and time empty' : ''
  if (!day || !isTime) {
    return {
      faults: [
        ...(day ? [] : [{ field: `${which}Day`, message: `Enter the day the draw ${which}${or}` }]),
        ...(isTime
          ? []
          : [{ field: `${which}Time`, message: `Enter the time the draw ${which}, like 08:00` }]),
      ],
    }
  }
  const at = instantAt(day, time)
  if (localTimeOf(at) === time) return { at, faults: [] }
  const message = 'The clocks change over that time. Choose another'
  return { faults: [{ field: `${which}Time`, message }] }
}
