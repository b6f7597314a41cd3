import { parseId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { typedText } from '#platform/http'
import type {
  AttendanceRefusal,
  AttendanceState,
  AttendanceStep,
} from '../../domain/desk/attendance.ts'
import type { AppointmentId } from '../../domain/slot.ts'

/** A pressed attendance button: the step, the state it was pressed in, and whose. */
export interface PressedStep {
  readonly appointmentId: AppointmentId
  readonly step: AttendanceStep
  readonly seen: AttendanceState
  /** The page it was pressed on. */
  readonly path: string
}

const steps: readonly AttendanceStep[] = ['arrive', 'start', 'finish', 'miss', 'undo']
const states: readonly AttendanceState[] = ['booked', 'arrived', 'in-progress', 'seen', 'missed']

/** Reads a pressed button, or `undefined` where it is none of ours. */
export function readPressedStep(body: unknown): PressedStep | undefined {
  const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
  const [stepText, seenText, idText] = (typed['step'] ?? '').split(' ')
  const step = steps.find((one) => one === stepText)
  const seen = states.find((one) => one === seenText)
  const appointmentId = parseId<'Appointment'>(idText)
  if (!step || !seen || !appointmentId) return undefined
  const day = parseLocalDate(typed['back'] ?? '')
  const path = day ? `/practice/appointments?day=${day}` : '/practice'
  return { appointmentId, step, seen, path }
}

/** Where to go on to: the patient's place on the page, or its top with why nothing was changed. */
export function afterStep(
  { path, appointmentId }: PressedStep,
  refusal: AttendanceRefusal | undefined,
): string {
  if (!refusal) return `${path}#at-${appointmentId}`
  return `${path}${path.includes('?') ? '&' : '?'}told=${refusal.reason}`
}

const told: Readonly<Record<AttendanceRefusal['reason'], string>> = {
  changed: 'Somebody else changed that first. What you see is how it is now.',
  cancelled: 'That appointment was cancelled meanwhile. What you see is how it is now.',
  'not-found': 'That appointment is no longer there. What you see is how it is now.',
  'too-early': 'It is too early to record that. Nothing was changed.',
}

/** Why a step was not recorded, from the address that `afterStep` made. */
export function formatTold(reason: string | undefined): string | undefined {
  return Object.entries(told).find(([name]) => name === reason)?.[1]
}
