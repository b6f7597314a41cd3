import { formatDate, formatTime, localDateOf } from '#kernel/time'
import { Table, Tag, type CellOptions } from '#platform/html'
import { whyNotChangeable } from '../../domain/desk/changing.ts'
import { isCareEncounter } from '../../domain/national-category.ts'
import type { BookedPatient, Clinic, ClinicSlot } from '../../queries/clinics.ts'
import { WaitingNote } from '../changes/waiting-note.tsx'
import { formatMethod, formatOnline, formatState } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'
import { Attendance, AttendanceButtons } from './attendance.tsx'
import type { DayPageModel } from './day-model.ts'

interface Props {
  readonly clinic: Clinic
  readonly model: DayPageModel
  /** Whether its first slot is the first of the page, which a fault's link leads to. */
  readonly isFirst: boolean
}

/** One clinic of a day: a row a slot, with who has it and what can be done. */
export function ClinicTable(props: Props) {
  const { clinic } = props
  if (clinic.cancelledAt) {
    return (
      <p>
        <Tag text="Cancelled" colour="red" /> {titleOf(clinic)}.
        <WaitingNote clinic={clinic} now={props.model.now} />
      </p>
    )
  }
  if (clinic.slots.length === 0) {
    return (
      <p>
        {titleOf(clinic)}. This session has no slots. <SessionWays {...props} />
      </p>
    )
  }
  return (
    <>
      <WaitingNote clinic={clinic} now={props.model.now} />
      <SlotTable {...props} />
      <Flagged clinic={clinic} />
      <p>
        <SessionWays {...props} />
      </p>
    </>
  )
}

function SlotTable(props: Props) {
  const { clinic, model } = props
  const { booked, mayPublish } = model
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: titleOf(clinic), size: 's' }}
      head={[
        ...(mayPublish ? ['Choose'] : []),
        'Time',
        'State',
        ...(booked ? ['Patient'] : []),
        'Type',
        ...(mayPublish ? ['Online'] : []),
        'Do',
      ]}
      rows={clinic.slots.map((slot, index) => [
        mayPublish && {
          html: <Choice {...props} slot={slot} isFirst={props.isFirst && index === 0} />,
        },
        `${formatTime(slot.startsAt)}, ${slot.minutes} minutes`,
        stateOf(slot, model),
        booked && patientOf(booked.get(slot.slotId)),
        { html: <TypeOf slot={slot} /> },
        mayPublish && formatOnline(slot, model.now),
        doingOf(slot, model),
      ])}
    />
  )
}

function titleOf(clinic: Clinic): string {
  const who = clinic.clinician ?? 'No clinician yet'
  const places = [clinic.room, clinic.site].filter((place) => place !== undefined)
  const where = places.map((place) => `, ${place}`).join('')
  return `${who}: ${clinic.name}, ${formatTime(clinic.startsAt)} to ${formatTime(clinic.endsAt)}${where}`
}

const stateColours = { free: 'green', booked: 'blue', held: 'yellow', blocked: 'white' } as const

function stateOf(slot: ClinicSlot, { booked, now }: DayPageModel): CellOptions {
  const patient = booked?.get(slot.slotId)
  if (patient) return { html: <Attendance patient={patient} now={now} /> }
  return { html: <Tag text={formatState(slot)} colour={stateColours[slot.state]} /> }
}

function patientOf(patient: BookedPatient | undefined): CellOptions {
  if (!patient) return { text: '–', classes: 'app-none' }
  const name = `${patient.familyName}, ${patient.givenName}`
  return {
    html: (
      <>
        {patient.nhsNumber === undefined ? (
          <>
            {name} (<a href="/practice/sign-ups">nobody has checked who they are</a>)
          </>
        ) : (
          <a href={`/practice/patients/${patient.patientId}/appointments`}>{name}</a>
        )}
        , born {formatDate(patient.bornOn)}
        {patient.phone !== undefined && `, phone ${patient.phone}`}. {formatMethod(patient.method)}.
        {patient.reason !== '' && <span class="app-free-text"> “{patient.reason}”</span>}
      </>
    ),
  }
}

function TypeOf({ slot }: { readonly slot: ClinicSlot }) {
  return (
    <>
      {slot.slotType},{' '}
      {slot.deliveryChannel ? formatChannelAlone(slot.deliveryChannel) : 'no way of meeting set'}
      {slot.overbookedBy !== undefined && (
        <>
          <br />
          Overbooked by {slot.overbookedBy}:{' '}
          <span class="app-free-text">“{slot.overbookReason}”</span>
        </>
      )}
    </>
  )
}

function doingOf(slot: ClinicSlot, model: DayPageModel): CellOptions {
  const patient = model.booked?.get(slot.slotId)
  const isBookable = model.mayBook && slot.state === 'free' && slot.startsAt > model.now
  if (!patient && !isBookable) return { text: '–', classes: 'app-none' }
  return { html: <Doing slot={slot} patient={patient} model={model} /> }
}

function Doing(props: {
  readonly slot: ClinicSlot
  readonly patient: BookedPatient | undefined
  readonly model: DayPageModel
}) {
  const { slot, patient } = props
  const { now, mayBook } = props.model
  if (!patient) {
    return (
      <a href={`/practice/appointments/find?slot=${slot.slotId}`}>
        Book<span class="nhsuk-u-visually-hidden"> {formatTime(slot.startsAt)} for a patient</span>
      </a>
    )
  }
  const isChangeable = mayBook && !whyNotChangeable(patient, now)
  const path = `/practice/patients/${patient.patientId}/appointments/${patient.appointmentId}`
  const whose = ` ${patient.givenName} ${patient.familyName}, ${formatTime(slot.startsAt)}`
  return (
    <span class="app-doing">
      <AttendanceButtons patient={patient} slot={slot} now={now} />
      {isChangeable && (
        <>
          <a href={`${path}/move`}>
            Move<span class="nhsuk-u-visually-hidden">{whose}</span>
          </a>
          <a href={`${path}/cancel`}>
            Cancel<span class="nhsuk-u-visually-hidden">{whose}</span>
          </a>
        </>
      )}
    </span>
  )
}

function Flagged({ clinic }: { readonly clinic: Clinic }) {
  const bare = clinic.slots.filter(
    (slot) => !isCareEncounter(slot.nationalCategory) || !slot.deliveryChannel,
  ).length
  if (bare === 0) return null
  return (
    <p>
      <Tag text="Flagged" colour="orange" /> {bare === 1 ? '1 slot has' : `${bare} slots have`} no
      national category for patients or no way of meeting, and{' '}
      {bare === 1 ? 'is never offered' : 'are never offered'} online.
    </p>
  )
}

function SessionWays({ clinic, model }: Props) {
  const whose = ` ${clinic.clinician ?? clinic.name}, ${formatTime(clinic.startsAt)}`
  const day = localDateOf(clinic.startsAt)
  return (
    <span class="app-doing">
      {model.mayBook && clinic.endsAt > model.now && (
        <a href={`/practice/appointments/sessions/${clinic.sessionId}/overbook`}>
          Overbook<span class="nhsuk-u-visually-hidden">{whose}</span>
        </a>
      )}
      {model.mayPublish && (
        <a href={`/practice/appointments/sessions/${clinic.sessionId}`}>
          Change or cancel<span class="nhsuk-u-visually-hidden">{whose}</span>
        </a>
      )}
      {clinic.slots.length > 0 && (
        <a href={`/practice/appointments/print?day=${day}&session=${clinic.sessionId}`}>
          Print<span class="nhsuk-u-visually-hidden">{whose}</span>
        </a>
      )}
    </span>
  )
}

function Choice(props: Props & { readonly slot: ClinicSlot }) {
  const { slot, clinic, model } = props
  const id = props.isFirst ? 'slot' : `slot-${slot.slotId}`
  return (
    <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
      <div class="nhsuk-checkboxes__item">
        <input
          class="nhsuk-checkboxes__input"
          id={id}
          name="slot"
          type="checkbox"
          value={slot.slotId}
          checked={model.chosen?.has(slot.slotId) ?? false}
          disabled={slot.startsAt <= model.now}
        />
        <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
          <span class="nhsuk-u-visually-hidden">
            {formatTime(slot.startsAt)}, {clinic.clinician ?? clinic.name}
          </span>
        </label>
      </div>
    </div>
  )
}
