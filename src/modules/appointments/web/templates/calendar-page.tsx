import { formatDate, formatDay, formatTime, localDateOf, minutesBefore } from '#kernel/time'
import { startOfDay } from '#kernel/time'
import { Button, Details, Fieldset, Form, Input, messageFor, Select, Table } from '#platform/html'
import type { Closure, Leave, PracticeCalendar, TimeSpan } from '../../domain/templates/calendar.ts'
import { bankHolidaysFrom } from '../../domain/templates/calendar.ts'
import type { AlreadyMade } from '../../queries/templates/calendar.ts'
import { SmallField, type Typing } from './choice-fields.tsx'
import type { SessionChoices } from './choices.ts'
import { PlanningPage, type Frame } from './frame.tsx'

/** What the page of closures and leave shows. */
export interface CalendarModel extends Frame, Typing {
  readonly now: Date
  readonly calendar: PracticeCalendar
  readonly made: readonly AlreadyMade[]
  readonly choices: Pick<SessionChoices, 'clinicians' | 'sites'>
  readonly closureKey: string
  readonly leaveKey: string
}

/** When the practice, a site or a clinician does not work. */
export function CalendarPage(model: CalendarModel) {
  return (
    <PlanningPage {...model} title="Closures and leave" current="closures">
      <p>
        Templates make no slots in these times. Sessions that are made already stay: their number is
        shown, so that you can cancel or move them.
      </p>
      <Closures {...model} />
      <AddClosure {...model} />
      <LeaveOfClinicians {...model} />
      <AddLeave {...model} />
      <Details summary="Bank holidays in the next 12 months">
        <ul>
          {bankHolidaysFrom(localDateOf(model.now), 366).map(({ day, name }) => (
            <li>
              {formatDay(day)}: {name}
            </li>
          ))}
        </ul>
        <p>Templates make no sessions on these days. To work on one, add a session by hand.</p>
      </Details>
    </PlanningPage>
  )
}

function Closures({ calendar, made, choices }: CalendarModel) {
  if (calendar.closures.length === 0) {
    return (
      <>
        <h2 class="nhsuk-heading-m">Closures</h2>
        <p>None to come.</p>
      </>
    )
  }
  const sites = new Map(choices.sites.map((site) => [site.siteId, site.name]))
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Closures', size: 'm' }}
      head={['When', 'Where', 'Why', 'Made already', 'Remove']}
      rows={calendar.closures.map((closure) => [
        formatSpan(closure),
        closure.siteId ? (sites.get(closure.siteId) ?? 'A site') : 'Whole practice',
        closure.reason,
        formatMade(made, closure.closureId),
        { html: <RemoveClosure closure={closure} /> },
      ])}
    />
  )
}

function RemoveClosure({ closure }: { readonly closure: Closure }) {
  return (
    <Form action={`/practice/appointments/closures/${closure.closureId}/remove`}>
      <Button variant="secondary" small preventDoubleClick>
        Remove<span class="nhsuk-u-visually-hidden"> {closure.reason}</span>
      </Button>
    </Form>
  )
}

function LeaveOfClinicians({ calendar, made, choices }: CalendarModel) {
  if (calendar.leave.length === 0) {
    return (
      <>
        <h2 class="nhsuk-heading-m">Leave</h2>
        <p>None to come.</p>
      </>
    )
  }
  const names = new Map(choices.clinicians.map((one) => [one.staffId, one.name]))
  const nameOf = (leave: Leave) => names.get(leave.staffId) ?? 'A clinician who has left'
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Leave', size: 'm' }}
      head={['When', 'Who', 'Made already', 'Remove']}
      rows={calendar.leave.map((leave) => [
        formatSpan(leave),
        nameOf(leave),
        formatMade(made, leave.leaveId),
        {
          html: (
            <Form action={`/practice/appointments/leave/${leave.leaveId}/remove`}>
              <Button variant="secondary" small preventDoubleClick>
                Remove<span class="nhsuk-u-visually-hidden"> leave of {nameOf(leave)}</span>
              </Button>
            </Form>
          ),
        },
      ])}
    />
  )
}

function AddClosure(model: CalendarModel) {
  const { typed, faults, choices } = model
  return (
    <Form action="/practice/appointments/closures" idempotencyKey={model.closureKey}>
      <Fieldset legend={{ text: 'Add a closure', size: 's' }}>
        <Input
          name="reason"
          label="Why it is closed"
          hint="For staff only, such as Training afternoon"
          width={20}
          value={typed['reason']}
          errorMessage={messageFor(faults, 'reason')}
        />
        {choices.sites.length > 0 && (
          <Select
            name="siteId"
            label="Where"
            value={typed['siteId']}
            errorMessage={messageFor(faults, 'siteId')}
            items={[
              { value: '', text: 'Whole practice' },
              ...choices.sites.map(({ siteId, name }) => ({ value: siteId, text: name })),
            ]}
          />
        )}
        <Times {...model} prefix="closed" />
        <Button text="Add closure" variant="secondary" preventDoubleClick />
      </Fieldset>
    </Form>
  )
}

function AddLeave(model: CalendarModel) {
  const { typed, faults, choices } = model
  return (
    <Form action="/practice/appointments/leave" idempotencyKey={model.leaveKey}>
      <Fieldset legend={{ text: 'Add leave', size: 's' }}>
        <Select
          name="awayId"
          label="Clinician"
          value={typed['awayId']}
          errorMessage={messageFor(faults, 'awayId')}
          items={[
            { value: '', text: 'Choose a clinician' },
            ...choices.clinicians.map(({ staffId, name }) => ({ value: staffId, text: name })),
          ]}
        />
        <Times {...model} prefix="away" />
        <Button text="Add leave" variant="secondary" preventDoubleClick />
      </Fieldset>
    </Form>
  )
}

function Times(props: Typing & { readonly prefix: 'closed' | 'away' }) {
  const { prefix } = props
  const what = prefix === 'closed' ? 'closure' : 'leave'
  return (
    <>
      <div class="app-inline-form">
        <SmallField
          {...props}
          name={`${prefix}FromDay`}
          label={`First day of ${what}`}
          type="date"
        />
        <SmallField
          {...props}
          name={`${prefix}FromTime`}
          label={`Time ${what} begins (optional)`}
          type="time"
        />
      </div>
      <div class="app-inline-form">
        <SmallField
          {...props}
          name={`${prefix}UntilDay`}
          label={`Last day of ${what}`}
          type="date"
        />
        <SmallField
          {...props}
          name={`${prefix}UntilTime`}
          label={`Time ${what} ends (optional)`}
          type="time"
        />
      </div>
      <p class="nhsuk-hint">Leave a time empty for the whole day.</p>
    </>
  )
}

function formatMade(made: readonly AlreadyMade[], id: string): string {
  const found = made.find((one) => one.id === id)
  if (!found) return 'Nothing'
  const sessions = found.sessions === 1 ? '1 session' : `${found.sessions} sessions`
  return `${sessions}, ${found.booked} booked`
}

/** All of 2 March 2026; 2 March 2026 to 6 March 2026; 2 March 2026, 1:00pm to 6:30pm. */
function formatSpan({ startsAt, endsAt }: TimeSpan): string {
  const isWhole = (at: Date) => Number(startOfDay(localDateOf(at))) === Number(at)
  const last = isWhole(endsAt) ? minutesBefore(endsAt, 1) : endsAt
  const from = isWhole(startsAt)
    ? formatDate(startsAt)
    : `${formatDate(startsAt)}, ${formatTime(startsAt)}`
  if (localDateOf(startsAt) === localDateOf(last)) {
    if (isWhole(endsAt)) return isWhole(startsAt) ? `All of ${from}` : `${from} to the end`
    return isWhole(startsAt)
      ? `${from}, until ${formatTime(endsAt)}`
      : `${from} to ${formatTime(endsAt)}`
  }
  return `${from} to ${formatDate(last)}${isWhole(endsAt) ? '' : `, ${formatTime(endsAt)}`}`
}
