import { z } from 'zod'
import { instantAt, localTimeOf } from '#kernel/time'
import { parseForm, typedText, type FieldFault, type FormFaults } from '#platform/http'
import {
  sessionFaults,
  type Break,
  type SessionFault,
  type SessionPlan,
} from '../../domain/templates/session-plan.ts'
import type { SessionChoices } from './choices.ts'
import {
  day,
  isTime,
  oneById,
  optionalById,
  optionalDay,
  optionalNumber,
  optionalTime,
  time,
  words,
} from './fields.ts'

/** A posted session. `plan` is there where nothing is at fault. */
export interface SessionForm extends FormFaults {
  readonly plan?: SessionPlan
  /** Whether to add it whatever there is to know of it first. */
  readonly anyway: boolean
}

/** How many breaks a session's form asks for. */
export const breaksAsked = [1, 2, 3] as const

/** Reads a session as staff describe it, giving every fault at once in page order. */
export function readSessionForm(body: unknown, choices: SessionChoices, now: Date): SessionForm {
  const given = typeof body === 'object' && body !== null ? body : {}
  const typed = typedText(given)
  const anyway = typed['anyway'] === 'yes'
  const form = parseForm(schemaFor(choices), given)
  const pauses = readBreaks(typed)
  const faults = [...(form.ok ? [] : form.refusal.faults), ...pauses.faults]
  if (!form.ok || faults.length > 0) return { typed, anyway, faults: inOrder(faults) }

  const { slotTypeId, minutes, releaseDay, releaseTime, ...rest } = form.value
  const type = choices.types.find((one) => one.slotTypeId === slotTypeId)
  const release = readRelease(releaseDay, releaseTime)
  if (!type) return { typed, anyway, faults: [{ field: 'slotTypeId', message: noType }] }
  const { staffId, roomId, siteId, ...plain } = rest
  const plan: SessionPlan = {
    ...plain,
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    ...(siteId && { siteId }),
    ...(release.releasedAt && { releasedAt: release.releasedAt }),
    type,
    minutes: minutes ?? type.minutes,
    breaks: pauses.breaks,
  }
  const all = [...sessionFaults(plan, now).map(sessionFault), ...release.faults]
  return { typed, anyway, faults: inOrder(all), ...(all.length === 0 && { plan }) }
}

const noType = 'Choose a type of slot from the list'

function schemaFor(choices: SessionChoices) {
  return z.object({
    name: words(1, 100, 'Enter a name for the session, of 100 characters or less'),
    staffId: optionalById(
      choices.clinicians.map((one) => one.staffId),
      'Choose a clinician from the list',
    ),
    roomId: optionalById(
      choices.rooms.map((one) => one.roomId),
      'Choose a room from the list',
    ),
    siteId: optionalById(
      choices.sites.map((one) => one.siteId),
      'Choose a site from the list',
    ),
    day: day('Enter the day of the session'),
    startTime: time('Enter when the session starts, like 09:00'),
    endTime: time('Enter when the session ends, like 12:30'),
    slotTypeId: oneById(
      choices.types.map((one) => one.slotTypeId),
      noType,
    ),
    minutes: optionalNumber(1, 480, 'Enter how long each slot is, from 1 to 480 minutes'),
    releaseDay: optionalDay('Enter the day patients can book from, or leave day and time empty'),
    releaseTime: optionalTime('Enter the time patients can book from, like 08:00'),
  })
}

function readBreaks(typed: Readonly<Record<string, string>>): {
  readonly breaks: readonly Break[]
  readonly faults: readonly FieldFault[]
} {
  const given = breaksAsked.map((number) => ({
    number,
    fromTime: (typed[`break${number}From`] ?? '').trim(),
    untilTime: (typed[`break${number}Until`] ?? '').trim(),
  }))
  const filled = given.filter((one) => one.fromTime !== '' || one.untilTime !== '')
  const faults = filled.flatMap(({ number, fromTime, untilTime }) => [
    ...(isTime(fromTime)
      ? []
      : [{ field: `break${number}From`, message: 'Enter when the break starts, like 10:30' }]),
    ...(isTime(untilTime)
      ? []
      : [{ field: `break${number}Until`, message: 'Enter when the break ends, like 10:50' }]),
  ])
  return { breaks: filled.map(({ fromTime, untilTime }) => ({ fromTime, untilTime })), faults }
}

function readRelease(
  releaseDay: SessionPlan['day'] | undefined,
  releaseTime: string | undefined,
): { readonly releasedAt?: Date; readonly faults: readonly FieldFault[] } {
  if (!releaseDay && releaseTime === undefined) return { faults: [] }
  if (!releaseDay || releaseTime === undefined) {
    const field = releaseDay ? 'releaseTime' : 'releaseDay'
    return { faults: [{ field, message: 'Enter both day and time, or leave both empty' }] }
  }
  const releasedAt = instantAt(releaseDay, releaseTime)
  if (localTimeOf(releasedAt) === releaseTime) return { releasedAt, faults: [] }
  const message = 'The clocks change over that time. Choose another'
  return { faults: [{ field: 'releaseTime', message }] }
}

const fieldOrder = [
  'name',
  'staffId',
  'roomId',
  'siteId',
  'day',
  'startTime',
  'endTime',
  ...breaksAsked.flatMap((number) => [`break${number}From`, `break${number}Until`]),
  'slotTypeId',
  'minutes',
  'releaseDay',
  'releaseTime',
]

function inOrder(faults: readonly FieldFault[]): readonly FieldFault[] {
  const byField = new Map(faults.toReversed().map((fault) => [fault.field, fault]))
  return fieldOrder.flatMap((field) => byField.get(field) ?? [])
}

const messages: Readonly<Record<SessionFault, FieldFault>> = {
  'starts-in-the-past': { field: 'startTime', message: 'The session must start in the future' },
  'start-skipped-by-clock-change': {
    field: 'startTime',
    message: 'The clocks go forward over that time. Choose another start',
  },
  'end-skipped-by-clock-change': {
    field: 'endTime',
    message: 'The clocks go forward over that time. Choose another end',
  },
  'ends-before-it-starts': {
    field: 'endTime',
    message:
      'The session must end after it starts, on the same day. For one past midnight, add a session for each day',
  },
  'break-not-inside': {
    field: 'break1From',
    message: 'Each break must start after the session starts and end before it ends',
  },
  'no-room-for-a-slot': {
    field: 'minutes',
    message: 'A slot must be no longer than the session between its breaks',
  },
  'release-after-start': {
    field: 'releaseDay',
    message: 'Patients must be able to book before the session starts',
  },
}

/** A fault of the plan, at the field of the form that mends it. */
export function sessionFault(fault: SessionFault): FieldFault {
  return messages[fault]
}
