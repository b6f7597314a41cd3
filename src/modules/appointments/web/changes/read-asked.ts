import { parseId } from '#kernel/id'
import type { FieldFault } from '#platform/http'
import type { SessionFacts } from '../../domain/changes/clinic-session.ts'
import type { AskedChange, ChangeRefusal } from '../../domain/changes/plan.ts'
import type { ChangeKind } from '../../domain/changes/change.ts'
import type { SessionId } from '../../domain/slot.ts'
import type { ChangeChoices } from './choices.ts'
import { textOf, type Fields } from './fields.ts'

const kinds: readonly ChangeKind[] = ['cancel', 'amend', 'move', 'extend', 'split']

/** Which change a form is for, and the sessions it names; absent where it cannot be read. */
export interface NamedChange {
  readonly kind: ChangeKind
  readonly sessionIds: readonly SessionId[]
}

/** What kind of change is asked for and of which sessions, each once. */
export function readNamed(fields: Fields): NamedChange | undefined {
  const kind = kinds.find((one) => one === textOf(fields, 'kind'))
  const ids = (fields.get('session') ?? []).flatMap((text) => parseId<'Session'>(text) ?? [])
  return kind && { kind, sessionIds: [...new Set(ids)] }
}

/** A change as asked for, or everything wrong with how it was filled in, in page order. */
export type ReadChange =
  | { readonly asked: AskedChange; readonly faults?: undefined }
  | { readonly asked?: undefined; readonly faults: readonly FieldFault[] }

/** Reads the answers that a kind of change needs. */
export function readAsked(
  { kind, sessionIds }: NamedChange,
  fields: Fields,
  choices: ChangeChoices,
): ReadChange {
  const [sessionId] = sessionIds
  if (!sessionId) {
    return { faults: [{ field: 'session', message: 'Choose at least one session' }] }
  }
  switch (kind) {
    case 'cancel':
      return { asked: { kind, sessionIds } }
    case 'amend':
      return withFacts(fields, choices, (to) => ({ kind, sessionId, to }))
    case 'move':
      return readMove(sessionId, fields)
    case 'extend':
      return readExtend(sessionId, fields, choices)
    case 'split':
      return readSplit(sessionId, fields, choices)
  }
}

function readMove(sessionId: SessionId, fields: Fields): ReadChange {
  const startTime = textOf(fields, 'startTime')
  if (!isTime(startTime)) {
    return { faults: [{ field: 'startTime', message: 'Enter the new start, like 09:30' }] }
  }
  return { asked: { kind: 'move', sessionId, startTime } }
}

function readExtend(sessionId: SessionId, fields: Fields, choices: ChangeChoices): ReadChange {
  const [startTime, endTime] = [textOf(fields, 'startTime'), textOf(fields, 'endTime')]
  const type = choices.slotTypes.find((one) => one.slotTypeId === textOf(fields, 'slotTypeId'))
  const faults: FieldFault[] = []
  if (!isTime(startTime)) {
    faults.push({ field: 'startTime', message: 'Enter when the session starts, like 09:00' })
  }
  if (!isTime(endTime)) {
    faults.push({ field: 'endTime', message: 'Enter when the session ends, like 12:30' })
  }
  if (!type) {
    faults.push({ field: 'slotTypeId', message: 'Choose the type of the new slots' })
    return { faults }
  }
  if (faults.length > 0) return { faults }
  return { asked: { kind: 'extend', sessionId, startTime, endTime, slotTypeId: type.slotTypeId } }
}

function readSplit(sessionId: SessionId, fields: Fields, choices: ChangeChoices): ReadChange {
  const fromSlot = parseId<'Slot'>(textOf(fields, 'fromSlot'))
  const missing = fromSlot
    ? []
    : [{ field: 'fromSlot', message: 'Choose when the second session starts' }]
  const read = readFacts(fields, choices)
  if (!read.facts || !fromSlot) return { faults: [...missing, ...read.faults] }
  return { asked: { kind: 'split', sessionId, fromSlot, to: read.facts } }
}

function withFacts(
  fields: Fields,
  choices: ChangeChoices,
  ask: (to: SessionFacts) => AskedChange,
): ReadChange {
  const { facts, faults } = readFacts(fields, choices)
  return facts ? { asked: ask(facts) } : { faults }
}

function readFacts(
  fields: Fields,
  choices: ChangeChoices,
): { readonly facts?: SessionFacts; readonly faults: readonly FieldFault[] } {
  const name = textOf(fields, 'name')
  const faults: FieldFault[] = []
  if (name === '' || name.length > 100) {
    faults.push({
      field: 'name',
      message: 'Enter a name for the session, of 100 characters or less',
    })
  }
  const [staff, room, site] = ['staffId', 'roomId', 'siteId'].map((field) => textOf(fields, field))
  const staffId = choices.clinicians.find((one) => one.staffId === staff)?.staffId
  const roomId = choices.rooms.find((one) => one.roomId === room)?.roomId
  const siteId = choices.sites.find((one) => one.siteId === site)?.siteId
  if (staff && !staffId) {
    faults.push({ field: 'staffId', message: 'Choose a clinician from the list' })
  }
  if (room && !roomId) faults.push({ field: 'roomId', message: 'Choose a room from the list' })
  if (site && !siteId) faults.push({ field: 'siteId', message: 'Choose a site from the list' })
  if (faults.length > 0) return { faults }
  const facts = {
    name,
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    ...(siteId && { siteId }),
  }
  return { facts, faults }
}

/** A change as the fields of a form, to ask for the same again. */
export function fieldsAsked(asked: AskedChange): readonly (readonly [string, string])[] {
  const { kind } = asked
  const sessions = kind === 'cancel' ? asked.sessionIds : [asked.sessionId]
  const named = [['kind', kind] as const, ...sessions.map((id) => ['session', id] as const)]
  switch (asked.kind) {
    case 'cancel':
      return named
    case 'amend':
      return [...named, ...factFields(asked.to)]
    case 'move':
      return [...named, ['startTime', asked.startTime]]
    case 'extend':
      return [
        ...named,
        ['startTime', asked.startTime],
        ['endTime', asked.endTime],
        ['slotTypeId', asked.slotTypeId],
      ]
    case 'split':
      return [...named, ['fromSlot', asked.fromSlot], ...factFields(asked.to)]
  }
}

function factFields(to: SessionFacts): readonly (readonly [string, string])[] {
  return [
    ['name', to.name],
    ['staffId', to.staffId ?? ''],
    ['roomId', to.roomId ?? ''],
    ['siteId', to.siteId ?? ''],
  ]
}

/** Refusals that another answer mends, at the field that it goes into. */
export function fieldOfRefusal(kind: ChangeKind, refusal: ChangeRefusal): string | undefined {
  if (kind === 'cancel') return undefined
  switch (refusal) {
    case 'nothing-changes':
      return kind === 'move' ? 'startTime' : 'name'
    case 'in-the-past':
    case 'across-midnight':
    case 'clock-change':
      return kind === 'split' ? 'fromSlot' : 'startTime'
    case 'not-longer':
    case 'no-room-for-a-slot':
      return 'endTime'
    case 'no-such-slot':
      return 'fromSlot'
    case 'not-found':
    case 'cancelled-already':
    case 'over':
    case 'begun':
    case 'change-waiting':
      return undefined
  }
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
