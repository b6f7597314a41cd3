import { formatDayAndTime, formatTime } from '#kernel/time'
import {
  BackLink,
  Button,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  SummaryList,
} from '#platform/html'
import type { Role } from '#modules/access'
import { stateOf } from '../../domain/changes/change.ts'
import type { StoredChange } from '../../queries/changes/stored-changes.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import type { ChangeChoices } from './choices.ts'
import { toPhone, type PatientRow } from './patients-model.ts'
import { PatientsTable } from './patients-table.tsx'
import { formatFacts } from './preview-page.tsx'
import { formatNear, formatSpan, formatStanding, kindWords } from './words.ts'

/** A change with everything staff ask about it afterwards. */
export interface ChangeModel {
  readonly change: StoredChange
  readonly rows: readonly PatientRow[]
  readonly choices: ChangeChoices
  readonly madeByName: string | undefined
  readonly roles: readonly Role[]
  readonly now: Date
}

/** One change: what, by whom, whether it can still be undone, and what was told to whom. */
export function ChangePage(model: ChangeModel & { readonly done?: string }) {
  const { change, rows } = model
  const title = `${kindWords[change.kind].name}: ${formatSessions(change)}`
  const byMinutes =
    change.plan.kind === 'move' && stateOf(change) === 'waiting' ? change.plan.byMinutes : undefined
  return (
    <Layout
      title={title}
      before={<BackLink href="/practice/appointments/changes" text="Changes" />}
    >
      <ClinicNav current="changes" roles={model.roles} />
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Facts {...model} />
      {stateOf(change) === 'waiting' && <Waiting {...model} />}
      {stateOf(change) === 'undone' && (
        <InsetText text="This change was undone. Nobody was told of it." />
      )}
      {toPhone(rows).length > 0 && (
        <p>
          <a href={`/practice/appointments/changes/${change.changeId}/to-phone`}>
            List to print: {toPhone(rows).length} to phone
          </a>
        </p>
      )}
      {rows.length > 0 && <PatientsTable caption="Patients" rows={rows} byMinutes={byMinutes} />}
      {rows.length === 0 && stateOf(change) !== 'undone' && <p>There is no patient to tell.</p>}
      <ul class="nhsuk-list">
        {change.sessionIds.map((sessionId, index) => (
          <li>
            <a href={`/practice/appointments/sessions/${sessionId}`}>
              See {change.sessionIds.length > 1 ? `session ${index + 1}` : 'the session'}
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  )
}

/** Morning surgery on Monday 2 March 2026, or how many sessions. */
export function formatSessions({ before }: StoredChange): string {
  const [first, ...others] = before.sessions
  if (!first) return 'a session'
  const at = formatDayAndTime(new Date(first.startsAt))
  return others.length === 0
    ? `${first.name}, ${at}`
    : `${before.sessions.length} sessions from ${at}`
}

function Facts({ change, choices, madeByName, rows, now }: ChangeModel) {
  return (
    <SummaryList
      rows={[
        {
          key: 'State',
          value: formatStanding({ ...change, patients: change.told?.length ?? rows.length }, now),
        },
        {
          key: 'Made',
          value: `${formatDayAndTime(change.madeAt)}${madeByName === undefined ? '' : ` by ${madeByName}`}`,
        },
        change.sentAt &&
          rows.length > 0 && { key: 'Patients told', value: formatDayAndTime(change.sentAt) },
        change.undoneAt && { key: 'Undone', value: formatDayAndTime(change.undoneAt) },
        { key: 'Before', value: <Before change={change} choices={choices} /> },
        { key: 'Change', value: formatPlan(change, choices) },
        change.words !== '' && {
          key: 'What patients read',
          value: <span class="app-free-text">{change.words}</span>,
        },
      ]}
    />
  )
}

function Before(props: { readonly change: StoredChange; readonly choices: ChangeChoices }) {
  return (
    <ul class="nhsuk-list">
      {props.change.before.sessions.map((session) => (
        <li>
          {formatFacts(session, props.choices)},{' '}
          {formatSpan({
            startsAt: new Date(session.startsAt),
            endsAt: new Date(session.endsAt),
          })}
        </li>
      ))}
    </ul>
  )
}

function formatPlan({ plan }: StoredChange, choices: ChangeChoices): string {
  switch (plan.kind) {
    case 'cancel':
      return plan.rests.length === 0
        ? 'Cancelled whole'
        : `Cancelled, what had begun from ${plan.rests.map((rest) => formatTime(new Date(rest.at))).join(' and ')} on`
    case 'amend':
      return formatFacts(plan.to, choices)
    case 'move':
      return `${Math.abs(plan.byMinutes)} minutes ${plan.byMinutes < 0 ? 'earlier' : 'later'}`
    case 'extend':
      return `${formatSpan({ startsAt: new Date(plan.startsAt), endsAt: new Date(plan.endsAt) })}, ${plan.slotStarts.length} more slots`
    case 'split':
      return `From ${formatTime(new Date(plan.at))}: ${formatFacts(plan.to, choices)}`
  }
}

function Waiting(model: ChangeModel) {
  const { change, now, rows } = model
  const here = `/practice/appointments/changes/${change.changeId}`
  const isDue = change.sendsAt <= now
  return (
    <>
      <p>{formatWaiting(model)}</p>
      <div class="app-inline-form nhsuk-u-margin-bottom-5">
        <Form action={`${here}/undo`}>
          <Button text="Undo" variant="secondary" preventDoubleClick />
        </Form>
        {!isDue && (
          <Form action={`${here}/tell-now`}>
            <Button
              text={rows.length > 0 ? 'Tell patients now' : 'Finish now'}
              variant="secondary"
              preventDoubleClick
            />
          </Form>
        )}
      </div>
    </>
  )
}

function formatWaiting({ change, now, rows }: ChangeModel): string {
  if (change.sendsAt <= now) {
    return 'Patients are being told now. Open this page again to see when it is done. Until it is, you can still undo this.'
  }
  const until = formatNear(change.sendsAt, now)
  return rows.length > 0
    ? `Patients are told at ${until}. Until then they see their appointment as it was, nobody can book into it, and you can undo this.`
    : `You can undo this until ${until}.`
}
