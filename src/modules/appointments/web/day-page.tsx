import { addDays, formatDate, formatDay, type LocalDate } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  NotificationBanner,
  Pagination,
} from '#platform/html'
import { ClinicNav } from './clinic-nav.tsx'
import { AttendanceForm } from './desk/attendance.tsx'
import { ClinicTable } from './desk/clinic-table.tsx'
import { DayCounts } from './desk/counts.tsx'
import type { DayPageModel } from './desk/day-model.ts'

/** A day's clinics: who is where and how far they got, and for those who publish, the slots. */
export function DayPage(model: DayPageModel) {
  const { day, clinics, faults, told } = model
  const title = `Appointments on ${formatDay(day)}`
  return (
    <Layout title={title} hasErrors={Boolean(faults?.length)}>
      <ErrorSummaryFor faults={faults} />
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      {told !== undefined && <NotificationBanner text={told} />}
      <ClinicNav current="day" roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <OtherDays day={day} />
      <Ways {...model} />
      {clinics.length === 0 ? (
        <p>
          There are no sessions on this day.{' '}
          {model.mayPublish ? 'Add one, or choose another day.' : 'Choose another day.'}
        </p>
      ) : (
        <Clinics {...model} />
      )}
    </Layout>
  )
}

function Clinics(model: DayPageModel) {
  const { day, clinics, booked } = model
  const firstOpen = clinics.findIndex((clinic) => !clinic.cancelledAt && clinic.slots.length > 0)
  const tables = clinics.map((clinic, index) => (
    <ClinicTable clinic={clinic} model={model} isFirst={index === firstOpen} />
  ))
  return (
    <>
      <DayCounts clinics={clinics} booked={booked} />
      {booked && <AttendanceForm back={day} />}
      {model.mayPublish ? (
        <Form action="/practice/appointments/slots">
          <input type="hidden" name="day" value={day} />
          {tables}
          <Actions {...model} />
        </Form>
      ) : (
        tables
      )}
    </>
  )
}

function Ways({ day, mayPublish, clinics }: DayPageModel) {
  return (
    <ul class="nhsuk-list app-ways">
      {mayPublish && (
        <li>
          <a href={`/practice/appointments/sessions/new?day=${day}`}>Add a session</a>
        </li>
      )}
      <li>
        <a href="/practice/appointments/find">Find a patient’s next appointment</a>
      </li>
      {clinics.length > 0 && (
        <>
          <li>
            <a href={`/practice/appointments/print?day=${day}`}>Print lists</a>
          </li>
          <li>
            <a href={`/practice/appointments/export?day=${day}`}>Export as a spreadsheet (CSV)</a>
          </li>
        </>
      )}
    </ul>
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
