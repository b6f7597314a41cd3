import { addDays, formatDate, formatDay, formatTime, weekdayOf, type LocalDate } from '#kernel/time'
import { Button, Checkboxes, Form, Input, InsetText, Table } from '#platform/html'
import type { LaidSession, SkippedDay } from '../../domain/templates/lay-day.ts'
import { needsDecision, type LaidOut } from '../../domain/templates/lay-out.ts'
import { formatAlert, formatSkipped } from './alert-words.ts'
import type { SessionChoices } from './choices.ts'
import { PlanningPage, type Frame } from './frame.tsx'

/** What the preview of the weeks ahead shows. */
export interface PreviewModel extends Frame {
  readonly weeks: number
  readonly laid: LaidOut
  readonly choices: SessionChoices
}

/** What templates give in the weeks ahead, before it is made. */
export function PreviewPage(model: PreviewModel) {
  const { laid, weeks } = model
  return (
    <PlanningPage
      {...model}
      title="Sessions for the weeks ahead"
      current="templates"
      back={{ href: '/practice/appointments/templates', text: 'Templates' }}
    >
      <Form action="/practice/appointments/templates/preview" method="get" class="app-inline-form">
        <Input
          name="weeks"
          label="Weeks ahead, 1 to 26"
          inputmode="numeric"
          width={3}
          value={String(weeks)}
        />
        <Button text="Show" variant="secondary" small />
      </Form>
      <Making {...model} />
      {byWeek(laid.sessions).map(([monday, sessions]) => (
        <Week monday={monday} sessions={sessions} choices={model.choices} />
      ))}
      {laid.skipped.length > 0 && <Skipped skipped={laid.skipped} />}
    </PlanningPage>
  )
}

function Making({ laid, weeks }: PreviewModel) {
  const clashing = laid.sessions.filter(needsDecision).length
  const plain = laid.sessions.length - clashing
  if (laid.sessions.length === 0) {
    return (
      <p>
        There is nothing to make for the next {inWeeks(weeks)}: {laid.alreadyMade} sessions from
        templates are made already.
      </p>
    )
  }
  const slots = laid.sessions.reduce((sum, { session }) => sum + session.slots.length, 0)
  return (
    <>
      <InsetText>
        <p>
          {laid.sessions.length === 1 ? '1 session' : `${laid.sessions.length} sessions`} with{' '}
          {slots} slots can be made for the next {inWeeks(weeks)}. {laid.alreadyMade} are made
          already.
        </p>
      </InsetText>
      <Form action="/practice/appointments/templates/make">
        <input type="hidden" name="weeks" value={String(weeks)} />
        {clashing > 0 && (
          <Checkboxes
            name="despiteClashes"
            items={[
              {
                value: 'yes',
                text: `Also make the ${clashing} whose clinician has another session then`,
                hint: 'Without this they are left for you to decide, and are never made by night',
              },
            ]}
          />
        )}
        <Button
          text={plain === 1 ? 'Make 1 session' : `Make ${plain} sessions`}
          preventDoubleClick
        />
      </Form>
    </>
  )
}

function Week(props: {
  readonly monday: LocalDate
  readonly sessions: readonly LaidSession[]
  readonly choices: SessionChoices
}) {
  const clinicians = new Map(props.choices.clinicians.map((one) => [one.staffId, one.name]))
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: `Week from Monday ${formatDate(props.monday)}`, size: 'm' }}
      head={['Day', 'Session', 'Clinician', 'Times', 'Slots', 'To check']}
      rows={props.sessions.map(({ session, alerts }) => [
        formatDay(session.templateDay),
        session.name,
        session.staffId ? (clinicians.get(session.staffId) ?? 'Has left') : 'Nobody yet',
        `${formatTime(session.startsAt)} to ${formatTime(session.endsAt)}`,
        String(session.slots.length),
        alerts.length === 0 ? '–' : alerts.map(formatAlert).join('. '),
      ])}
    />
  )
}

function Skipped({ skipped }: { readonly skipped: readonly SkippedDay[] }) {
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Left out', size: 'm' }}
      head={['Day', 'Session', 'Why']}
      rows={skipped.map(({ day, template, why }) => [
        formatDay(day),
        template.name,
        formatSkipped(why),
      ])}
    />
  )
}

function inWeeks(weeks: number): string {
  return weeks === 1 ? 'week' : `${weeks} weeks`
}

function byWeek(
  sessions: readonly LaidSession[],
): readonly (readonly [LocalDate, readonly LaidSession[]])[] {
  return [
    ...Map.groupBy(sessions, ({ session }) =>
      addDays(session.templateDay, 1 - weekdayOf(session.templateDay)),
    ),
  ]
}
