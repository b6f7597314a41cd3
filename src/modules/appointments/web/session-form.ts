import { parseId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { typedText, type FieldFault, type FormFaults } from '#platform/http'
import type { Room, StaffMember } from '#modules/directory'
import { careEncounterCategories } from '../domain/national-category.ts'
import { sessionFaults, type SessionFault, type SessionPlan } from '../domain/session.ts'
import { deliveryChannels } from '../domain/slot.ts'
import { readRelease } from './slots-form.ts'

/** Who and where a session can be given to. */
export interface SessionChoices {
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly rooms: readonly Room[]
}

/** A posted session. `plan` is there where nothing is at fault. */
export interface SessionForm extends FormFaults {
  readonly plan?: SessionPlan
}

/** Reads a session as staff describe it, giving every fault at once in page order. */
export function readSessionForm(body: unknown, choices: SessionChoices, now: Date): SessionForm {
  const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
  const release = readRelease(typed, now)
  const isOnline = typed['online'] === 'yes'
  const plan = readPlan(typed, choices, release.releasedAt)
  const faults = [
    ...plainFaults(typed, plan),
    ...sessionFaults(plan, now).map(sessionFault),
    ...(isOnline ? release.faults : []),
  ]
  const byField = new Map(faults.toReversed().map((fault) => [fault.field, fault]))
  const ordered = fieldOrder.flatMap((field) => byField.get(field) ?? [])
  return ordered.length === 0 && isWhole(plan)
    ? { typed, faults: [], plan }
    : { typed, faults: ordered }
}

const fieldOrder = [
  'name',
  'staffId',
  'roomId',
  'day',
  'startTime',
  'endTime',
  'minutes',
  'slotType',
  'nationalCategory',
  'deliveryChannel',
  'online',
  'releaseDay',
  'releaseTime',
]

function readPlan(
  typed: Readonly<Record<string, string>>,
  choices: SessionChoices,
  releasedAt: Date | undefined,
): Partial<SessionPlan> {
  const text = (field: string) => (typed[field] ?? '').trim()
  const minutes = /^\d{1,3}$/.test(text('minutes')) ? Number(text('minutes')) : 0
  const staffId = parseId<'Staff'>(text('staffId'))
  const roomId = parseId<'Room'>(text('roomId'))
  const day = parseLocalDate(text('day'))
  const category = careEncounterCategories.find((one) => one === text('nationalCategory'))
  const channel = deliveryChannels.find((one) => one === text('deliveryChannel'))
  return {
    ...(text('name') !== '' && text('name').length <= 100 && { name: text('name') }),
    ...(choices.clinicians.some((one) => one.staffId === staffId) && staffId && { staffId }),
    ...(choices.rooms.some((one) => one.roomId === roomId) && roomId && { roomId }),
    ...(day && { day }),
    ...(isTime(text('startTime')) && { startTime: text('startTime') }),
    ...(isTime(text('endTime')) && { endTime: text('endTime') }),
    ...(minutes >= 1 && minutes <= 480 && { minutes }),
    ...(text('slotType') !== '' &&
      text('slotType').length <= 100 && { slotType: text('slotType') }),
    ...(category && { nationalCategory: category }),
    ...(channel && { deliveryChannel: channel }),
    ...((typed['online'] === 'yes' || typed['online'] === 'no') && {
      bookableOnline: typed['online'] === 'yes',
    }),
    ...(releasedAt && { releasedAt }),
  }
}

const plainMessages: readonly (readonly [keyof SessionPlan, string, string])[] = [
  ['name', 'name', 'Enter a name for the session, of 100 characters or less'],
  ['day', 'day', 'Enter the day of the session'],
  ['startTime', 'startTime', 'Enter when the session starts, like 09:00'],
  ['endTime', 'endTime', 'Enter when the session ends, like 12:30'],
  ['minutes', 'minutes', 'Enter how long each slot is, from 1 to 480 minutes'],
  ['slotType', 'slotType', 'Enter the type of slot, of 100 characters or less'],
  ['bookableOnline', 'online', 'Choose whether patients can book online'],
]

function plainFaults(
  typed: Readonly<Record<string, string>>,
  plan: Partial<SessionPlan>,
): readonly FieldFault[] {
  const missing = plainMessages.flatMap(([member, field, message]) =>
    plan[member] === undefined ? [{ field, message }] : [],
  )
  if (typed['staffId'] && !plan.staffId) {
    missing.push({ field: 'staffId', message: 'Choose a clinician from the list' })
  }
  if (typed['roomId'] && !plan.roomId) {
    missing.push({ field: 'roomId', message: 'Choose a room from the list' })
  }
  return missing
}

const sessionMessages: Readonly<Record<SessionFault, FieldFault>> = {
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
    message: 'The session must end after it starts, on the same day',
  },
  'no-room-for-a-slot': {
    field: 'minutes',
    message: 'A slot must be no longer than the session',
  },
  'category-needed-online': {
    field: 'nationalCategory',
    message: 'Choose a national category, or keep the slots offline',
  },
  'channel-needed-online': {
    field: 'deliveryChannel',
    message: 'Choose how patients are seen, or keep the slots offline',
  },
  'release-needed-online': {
    field: 'releaseDay',
    message: 'Enter when patients can book from, or leave day and time empty',
  },
}

/** A fault of the plan, at the field of the form that mends it. */
export function sessionFault(fault: SessionFault): FieldFault {
  return sessionMessages[fault]
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

function isWhole(plan: Partial<SessionPlan>): plan is SessionPlan {
  return plainMessages.every(([member]) => plan[member] !== undefined)
}
