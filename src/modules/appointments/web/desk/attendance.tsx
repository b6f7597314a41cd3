import { formatTime } from '#kernel/time'
import { Button, Form, Tag } from '#platform/html'
import {
  attendanceOf,
  attendanceSteps,
  type AttendanceState,
  type AttendanceStep,
} from '../../domain/desk/attendance.ts'
import type { BookedPatient, ClinicSlot } from '../../queries/clinics.ts'
import { formatAttendance, formatSince } from '../staff-words.ts'

const formId = 'attendance'

const labels: Readonly<Record<AttendanceStep, { readonly text: string; readonly key: string }>> = {
  arrive: { text: 'Arrived', key: 'a' },
  start: { text: 'Start', key: 's' },
  finish: { text: 'Seen', key: 'e' },
  miss: { text: 'Did not attend', key: 'd' },
  undo: { text: 'Undo', key: 'u' },
}

const colours = {
  booked: 'blue',
  arrived: 'purple',
  'in-progress': 'orange',
  seen: 'grey',
  missed: 'red',
} as const satisfies Readonly<Record<AttendanceState, string>>

/**
 * The one form that every attendance button of a page belongs to: a table's cell may not hold a
 * form. `back` is the page to come back to: today, or a day.
 */
export function AttendanceForm({ back }: { readonly back: string }) {
  return (
    <Form id={formId} action="/practice/appointments/attendance">
      <input type="hidden" name="back" value={back} />
      <p class="nhsuk-hint app-scripted">
        With the keyboard in a patient’s row, one key is enough: A arrived, S start, E seen, D did
        not attend, U undo.
      </p>
    </Form>
  )
}

/** How far a patient's appointment has got; the page comes back to here after a press. */
export function Attendance(props: { readonly patient: BookedPatient; readonly now: Date }) {
  const { patient } = props
  const state = attendanceOf(patient)
  const since = formatSince(patient, props.now)
  return (
    <span id={`at-${patient.appointmentId}`} tabindex={-1}>
      <Tag text={formatAttendance(state)} colour={colours[state]} />
      {since !== '' && ` ${since}`}
    </span>
  )
}

/** What can be recorded now of a patient's appointment, a press each. */
export function AttendanceButtons(props: {
  readonly patient: BookedPatient
  readonly slot: Pick<ClinicSlot, 'deliveryChannel'>
  readonly now: Date
}) {
  const { patient, slot } = props
  const seen = attendanceOf(patient)
  const channel = slot.deliveryChannel && { deliveryChannel: slot.deliveryChannel }
  return (
    <>
      {attendanceSteps({ ...patient, ...channel }, props.now).map((step, index) => (
        <Button
          name="step"
          value={`${step} ${seen} ${patient.appointmentId}`}
          variant={index === 0 && step !== 'undo' ? 'secondary-solid' : 'secondary'}
          small
          attributes={{ form: formId, 'data-key': labels[step].key }}
        >
          {labels[step].text}
          <span class="nhsuk-u-visually-hidden">
            {`: ${patient.givenName} ${patient.familyName}, ${formatTime(patient.startsAt)}`}
          </span>
        </Button>
      ))}
    </>
  )
}
