import { addDays, formatDate, formatDay, formatTime, type LocalDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  NotificationBanner,
  Pagination,
  Table,
} from '#platform/html'
import type { BookedPatient, Clinic, ClinicSlot } from '../queries/clinics.ts'
import { formatOnline, formatState } from './staff-words.ts'
import { formatChannelAlone } from './words.ts'

/** What a day's slots show; `chosen`, `typed` and `faults` after a try that had faults. */
export interface DayPageModel {
  readonly day: LocalDate
  readonly now: Date
  readonly clinics: readonly Clinic[]
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  /** What was just done, told at the top. */
  readonly done?: string
  readonly chosen?: ReadonlySet<string>
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** A day's sessions with their slots, to publish, withdraw, block and unblock them. */
export function DayPage(model: DayPageModel) {
  const { day, clinics, faults } = model
  const title = `Appointments on ${formatDay(day)}`
  return (
    <Layout title={title} hasErrors={Boolean(faults?.length)}>
      <ErrorSummaryFor faults={faults} />
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <OtherDays day={day} />
      <p>
        <a href={`/practice/appointments/sessions/new?day=${day}`}>Add a session</a>
      </p>
      {clinics.length === 0 ? (
        <p>There are no sessions on this day. Add one, or choose another day.</p>
      ) : (
        <Form action="/practice/appointments/slots">
          <input type="hidden" name="day" value={day} />
          {clinics.map((clinic, index) => (
            <ClinicTable clinic={clinic} model={model} isFirst={index === 0} />
          ))}
          <Actions {...model} />
        </Form>
      )}
    </Layout>
  )
}

function OtherDays({ day }: { readonly day: LocalDate }) {
  const [before, after] = [addDays(day, -1), addDays(day, 1)]
  return (
    <>
      <Form action="/practice/appointments" method="get" class="app-inline-form">
        <Input name="day" label="Day" type="date" value={day} width={10} />
        <Button variant="secondary" small text="Show day" />
      </Form>
      <Pagination
        ariaLabel="Days"
        previous={{
          href: `/practice/appointments?day=${before}`,
          text: 'Day before',
          label: formatDate(before),
        }}
        next={{
          href: `/practice/appointments?day=${after}`,
          text: 'Day after',
          label: formatDate(after),
        }}
      />
    </>
  )
}

function ClinicTable(props: {
  readonly clinic: Clinic
  readonly model: DayPageModel
  readonly isFirst: boolean
}) {
  const { clinic, model } = props
  const who = clinic.clinician ?? 'No clinician yet'
  const where = clinic.room === undefined ? '' : `, ${clinic.room}`
  const times = `${formatTime(clinic.startsAt)} to ${formatTime(clinic.endsAt)}`
  if (clinic.slots.length === 0) {
    return (
      <p>
        {who}: {clinic.name}, {times}
        {where}. This session has no slots.
      </p>
    )
  }
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: `${who}: ${clinic.name}, ${times}${where}`, size: 's' }}
      head={[
        'Choose',
        'Time',
        'Type',
        'How',
        'State',
        'Online',
        ...(model.booked ? ['Booked by'] : []),
      ]}
      rows={clinic.slots.map((slot, index) => [
        {
          html: (
            <Choice
              slot={slot}
              clinic={clinic}
              model={model}
              isFirst={props.isFirst && index === 0}
            />
          ),
        },
        `${formatTime(slot.startsAt)}, ${slot.minutes} minutes`,
        slot.slotType,
        slot.deliveryChannel ? formatChannelAlone(slot.deliveryChannel) : 'Not set',
        formatState(slot),
        formatOnline(slot, model.now),
        model.booked && nameOf(model.booked.get(slot.slotId)),
      ])}
    />
  )
}

function nameOf(patient: BookedPatient | undefined): string {
  return patient ? `${patient.familyName}, ${patient.givenName}` : '–'
}

function Choice(props: {
  readonly slot: ClinicSlot
  readonly clinic: Clinic
  readonly model: DayPageModel
  readonly isFirst: boolean
}) {
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

function Actions({ faults, typed = {} }: DayPageModel) {
  return (
    <fieldset class="nhsuk-fieldset">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
        With the chosen slots
      </legend>
      <div class="app-inline-form">
        <Input
          name="releaseDay"
          label="Patients can book from day (optional)"
          type="date"
          width={10}
          value={typed['releaseDay']}
          errorMessage={messageFor(faults, 'releaseDay')}
        />
        <Input
          name="releaseTime"
          label="From time (optional)"
          type="time"
          width={5}
          value={typed['releaseTime']}
          errorMessage={messageFor(faults, 'releaseTime')}
        />
        <Button name="action" value="publish" text="Publish" small />
      </div>
      <p class="nhsuk-hint">Published without a day and time, patients can book at once.</p>
      <div class="app-inline-form">
        <Button name="action" value="withdraw" text="Take offline" variant="secondary" small />
        <Button name="action" value="block" text="Block" variant="secondary" small />
        <Button name="action" value="unblock" text="Unblock" variant="secondary" small />
      </div>
    </fieldset>
  )
}
