import {
  addDays,
  formatDate,
  formatDay,
  formatTime,
  localDateOf,
  type LocalDate,
} from '#kernel/time'
import { Button, Form, Input, Layout, Pagination, Table, Tag } from '#platform/html'
import type { Role } from '#modules/access'
import type { WeekSession } from '../../queries/desk/week.ts'
import { ClinicNav } from '../clinic-nav.tsx'

interface Props {
  /** A Monday. */
  readonly monday: LocalDate
  readonly sessions: readonly WeekSession[]
  readonly roles: readonly Role[]
}

/** A week's sessions by clinician and day, with how full they are. */
export function WeekPage(props: Props) {
  const { monday, sessions } = props
  const title = `Week from ${formatDay(monday)}`
  const days = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(monday, ahead))
  const busy = days.filter(
    (day, place) => place < 5 || sessions.some((one) => localDateOf(one.startsAt) === day),
  )
  const people = [...Map.groupBy(sessions, (one) => one.staffId ?? '').values()]
  return (
    <Layout title={title}>
      <ClinicNav current="week" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <OtherWeeks monday={monday} />
      <p>
        <a href="/practice/appointments/find">Find a patient’s next appointment</a>
      </p>
      <Totals sessions={sessions} />
      {sessions.length === 0 ? (
        <p>There are no sessions in this week. Choose another.</p>
      ) : (
        <Table
          classes="app-table--dense"
          responsive
          caption={{ text: 'Sessions by clinician and day', classes: 'nhsuk-u-visually-hidden' }}
          firstCellIsHeader
          head={['Clinician', ...busy.map((day) => ({ html: <DayHead day={day} /> }))]}
          rows={people.map((own) => [
            own[0]?.clinician ?? 'No clinician yet',
            ...busy.map((day) => ({
              html: (
                <Cell day={day} sessions={own.filter((one) => localDateOf(one.startsAt) === day)} />
              ),
            })),
          ])}
        />
      )}
    </Layout>
  )
}

function DayHead({ day }: { readonly day: LocalDate }) {
  return <>{formatDay(day).split(' ').slice(0, 3).join(' ')}</>
}

function Cell({
  day,
  sessions,
}: {
  readonly day: LocalDate
  readonly sessions: readonly WeekSession[]
}) {
  if (sessions.length === 0) return <>–</>
  return (
    <ul class="nhsuk-list app-week">
      {sessions.map((session) => (
        <li>
          <a href={`/practice/appointments?day=${day}`}>
            {session.name}
            <span class="nhsuk-u-visually-hidden"> on {formatDate(day)}</span>
          </a>{' '}
          {formatTime(session.startsAt)} to {formatTime(session.endsAt)}
          <br />
          {session.cancelledAt ? <Tag text="Cancelled" colour="red" /> : formatFilled(session)}
        </li>
      ))}
    </ul>
  )
}

function formatFilled({ booked, free, held, blocked, overbooked }: WeekSession): string {
  const rest = [
    held > 0 && `${held} held`,
    blocked > 0 && `${blocked} blocked`,
    overbooked > 0 && `${overbooked} overbooked`,
  ].filter((part) => part !== false)
  return [`${booked} booked`, `${free} free`, ...rest].join(', ')
}

function Totals({ sessions }: { readonly sessions: readonly WeekSession[] }) {
  const going = sessions.filter((session) => !session.cancelledAt)
  const sum = (of: (session: WeekSession) => number) =>
    going.reduce((so, session) => so + of(session), 0)
  return (
    <p>
      {going.length} {going.length === 1 ? 'session' : 'sessions'}: {sum((one) => one.booked)}{' '}
      booked, {sum((one) => one.free)} free, {sum((one) => one.held)} held,{' '}
      {sum((one) => one.blocked)} blocked.
    </p>
  )
}

function OtherWeeks({ monday }: { readonly monday: LocalDate }) {
  const [before, after] = [addDays(monday, -7), addDays(monday, 7)]
  return (
    <>
      <Form action="/practice/appointments/week" method="get" class="app-inline-form">
        <Input name="day" label="A day of the week" type="date" value={monday} width={10} />
        <Button variant="secondary" small text="Show week" />
      </Form>
      <Pagination
        ariaLabel="Weeks"
        previous={{
          href: `/practice/appointments/week?day=${before}`,
          text: 'Week before',
          label: `From ${formatDate(before)}`,
        }}
        next={{
          href: `/practice/appointments/week?day=${after}`,
          text: 'Week after',
          label: `From ${formatDate(after)}`,
        }}
      />
    </>
  )
}
