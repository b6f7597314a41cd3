import { formatDate, formatDayAndTime, formatTime, localDateOf, minutesAfter } from '#kernel/time'
import { Table } from '#platform/html'
import type { ConcernedPatient } from '../../queries/changes/concerned.ts'
import type { PatientRow } from './patients-model.ts'

/** Patients with time, phone number, how they learn of it, and what is free for them instead. */
export function PatientsTable(props: {
  readonly caption: string
  readonly rows: readonly PatientRow[]
  /** How much later each appointment will be, where that is so. */
  readonly byMinutes?: number | undefined
}) {
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: props.caption, size: 's' }}
      head={['Time', 'Patient', 'Phone', 'How they are told', 'Free instead']}
      rows={props.rows.map((row) => [
        formatTimes(row.patient, props.byMinutes),
        `${row.patient.familyName}, ${row.patient.givenName}, born ${formatDate(row.patient.bornOn)}`,
        formatPhones(row.patient),
        { html: <HowTold row={row} /> },
        formatFree(row),
      ])}
    />
  )
}

function formatTimes({ startsAt, wasAt }: ConcernedPatient, byMinutes: number | undefined): string {
  const at = formatDayAndTime(startsAt)
  if (byMinutes !== undefined) return `${at}, then ${formatTime(minutesAfter(startsAt, byMinutes))}`
  return wasAt ? `${at}, was ${formatTime(wasAt)}` : at
}

/**
 * Every number there is, the one given for this appointment first; where the patient said how it is
 * safe, only what they said.
 */
export function formatPhones(patient: ConcernedPatient): string {
  const { appointmentPhone, mobile, phone, isSpecial, whenSafe } = patient
  if (isSpecial)
    return [
      'Read before any contact:',
      whenSafe !== undefined && `“${whenSafe}”`,
      `call ${mobile ?? phone ?? 'never'}`,
    ]
      .filter(Boolean)
      .join(' ')
  const numbers = [appointmentPhone, mobile, phone].filter((one) => one !== undefined)
  return numbers.length === 0 ? 'No number on record' : [...new Set(numbers)].join(', ')
}

function HowTold({ row }: { readonly row: PatientRow }) {
  return (
    <>
      {formatHow(row)}
      {row.overlaps && (
        <>
          <br />
          <strong>Has another appointment at the new time.</strong> They keep that one, and this one
          is cancelled.
        </>
      )}
      {row.outcome === 'overlap-cancelled' && (
        <>
          <br />
          Cancelled: they have another appointment at the new time.
        </>
      )}
    </>
  )
}

function formatHow({ patient, isReached, isLate, outcome }: PatientRow): string {
  if (patient.registration === 'deceased') return 'Has died: nobody is told'
  if (outcome) return isReached ? 'Told online' : 'Not told online: phone them'
  if (!isReached) return 'Cannot be told online: phone them'
  return isLate ? 'Online, but only after it starts: phone them now' : 'Notice online'
}

function formatFree({ free, patient }: PatientRow): string {
  if (free.length === 0) return 'Nothing of the same type near then'
  const day = localDateOf(patient.startsAt)
  return free
    .map(({ startsAt, clinician }) => {
      const at = localDateOf(startsAt) === day ? formatTime(startsAt) : formatDayAndTime(startsAt)
      return clinician === undefined ? at : `${at} with ${clinician}`
    })
    .join('; ')
}
