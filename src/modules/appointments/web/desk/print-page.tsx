import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, formatDay, formatDayAndTime, formatTime, type LocalDate } from '#kernel/time'
import { BackLink, Layout, Table } from '#platform/html'
import type { BookedPatient, Clinic, ClinicSlot } from '../../queries/clinics.ts'
import { formatState } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'

/** Lists to print, each clinic on a page of its own. */
export function PrintPage(props: {
  readonly day: LocalDate
  readonly clinics: readonly Clinic[]
  readonly booked: ReadonlyMap<string, BookedPatient>
  readonly now: Date
}) {
  const title = `Lists for ${formatDay(props.day)}`
  return (
    <Layout
      title={title}
      before={<BackLink href={`/practice/appointments?day=${props.day}`} text="The day" />}
    >
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p class="app-screen-only">
        Print this page with your browser. Each clinic begins on a new sheet. Names are on it: keep
        it safe, and shred it afterwards.
      </p>
      {props.clinics.length === 0 && <p>There is nothing to print on this day.</p>}
      {props.clinics.map((clinic) => (
        <section class="app-sheet">
          <h2 class="nhsuk-heading-m">
            {clinic.clinician ?? 'No clinician yet'}: {clinic.name}
          </h2>
          <p>
            {formatDay(props.day)}, {formatTime(clinic.startsAt)} to {formatTime(clinic.endsAt)}
            {clinic.room !== undefined && `, ${clinic.room}`}
            {clinic.site !== undefined && `, ${clinic.site}`}. Printed {formatDayAndTime(props.now)}
            .
          </p>
          <Table
            classes="app-table--dense"
            caption={{ text: 'Slots', classes: 'nhsuk-u-visually-hidden' }}
            responsive
            head={['Time', 'Patient', 'Born', 'NHS number', 'Type', 'Reason']}
            rows={clinic.slots.map((slot) => cellsOf(slot, props.booked.get(slot.slotId)))}
          />
        </section>
      ))}
    </Layout>
  )
}

function numberOf({ nhsNumber }: BookedPatient): string {
  return nhsNumber === undefined ? 'Not checked' : formatNhsNumber(nhsNumber)
}

function cellsOf(slot: ClinicSlot, patient: BookedPatient | undefined): readonly string[] {
  const how = slot.deliveryChannel ? `, ${formatChannelAlone(slot.deliveryChannel)}` : ''
  const extra = slot.overbookedBy === undefined ? '' : ', overbooked'
  const number = patient?.phone === undefined ? '' : ` on ${patient.phone}`
  return [
    formatTime(slot.startsAt),
    patient ? `${patient.familyName}, ${patient.givenName}` : formatState(slot),
    patient ? formatDate(patient.bornOn) : '–',
    patient ? numberOf(patient) : '–',
    `${slot.slotType}${how}${number}${extra}`,
    patient && patient.reason !== '' ? patient.reason : '–',
  ]
}
