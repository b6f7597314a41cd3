import { formatDay, type LocalDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Select,
} from '#platform/html'
import type { Role } from '#modules/access'
import type { NamedSession } from '../../queries/changes/clinic-sessions.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import type { ChangeChoices } from './choices.ts'
import { formatSpan } from './words.ts'

/** Chooses a clinician and a day, and which of the sessions to cancel: all of them at first. */
export function ChoosePage(props: {
  readonly choices: ChangeChoices
  readonly roles: readonly Role[]
  readonly day: LocalDate
  readonly staffId: string
  /** Absent until a clinician and a day are chosen. */
  readonly sessions?: readonly Pick<NamedSession, 'sessionId' | 'name' | 'startsAt' | 'endsAt'>[]
  readonly faults?: readonly FieldFault[]
}) {
  const { choices, day, staffId, sessions, faults } = props
  const title = 'Cancel a clinician’s day'
  return (
    <Layout title={title} hasErrors={Boolean(faults?.length)}>
      <ClinicNav current="changes" roles={props.roles} />
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action="/practice/appointments/changes/new" method="get" class="app-inline-form">
        <Select
          name="staff"
          label="Clinician"
          value={staffId}
          errorMessage={messageFor(faults, 'staff')}
          items={[
            { value: '', text: 'Choose a clinician' },
            ...choices.clinicians.map((one) => ({ value: one.staffId, text: one.name })),
          ]}
        />
        <Input
          name="day"
          label="Day"
          type="date"
          width={10}
          value={day}
          errorMessage={messageFor(faults, 'day')}
        />
        <Button text="Show sessions" variant="secondary" small />
      </Form>
      {sessions && <Sessions sessions={sessions} day={day} faults={faults} />}
    </Layout>
  )
}

function Sessions(props: {
  readonly sessions: readonly Pick<NamedSession, 'sessionId' | 'name' | 'startsAt' | 'endsAt'>[]
  readonly day: LocalDate
  readonly faults: readonly FieldFault[] | undefined
}) {
  const { sessions, day } = props
  if (sessions.length === 0) {
    return (
      <p>
        There is nothing to cancel on {formatDay(day)}. Choose another clinician or another day.
      </p>
    )
  }
  return (
    <Form action="/practice/appointments/changes/preview" method="get">
      <input type="hidden" name="kind" value="cancel" />
      <Checkboxes
        name="session"
        fieldset={{ legend: `Sessions on ${formatDay(day)} to cancel` }}
        values={sessions.map((session) => session.sessionId)}
        errorMessage={messageFor(props.faults, 'session')}
        items={sessions.map((session) => ({
          value: session.sessionId,
          text: `${session.name}, ${formatSpan(session)}`,
        }))}
      />
      <Button text="Continue" />
    </Form>
  )
}
