import { formatDayAndTime } from '#kernel/time'
import {
  BackLink,
  Button,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  SummaryList,
  Table,
} from '#platform/html'
import type { Role } from '#modules/access'
import { stateOf } from '../../domain/draw/draw.ts'
import type { StoredResult } from '../../queries/draw/audit.ts'
import type { Draw, DrawnSlot, PracticeDraw } from '../../queries/draw/draws.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatPriority } from './draw-words.ts'
import { formatDrawState, formatWhy } from './staff-words.ts'

const path = '/practice/appointments/draws'

/** The practice's draws, latest first. */
export function PracticeDrawsPage(props: {
  readonly draws: readonly PracticeDraw[]
  readonly roles: readonly Role[]
  readonly done: string | undefined
  readonly now: Date
}) {
  const { draws, now } = props
  return (
    <Layout title="Draws">
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <ClinicNav current="draws" roles={props.roles} />
      <h1 class="nhsuk-heading-l">Draws</h1>
      <p>
        In a draw patients ask within a window, and chance decides, with the priority that you set
        beforehand. Nobody needs to be first.
      </p>
      <Button href={`${path}/new`} text="New draw" />
      {draws.length === 0 ? (
        <p>There have been no draws.</p>
      ) : (
        <Table
          caption="Draws, latest first"
          responsive
          head={['Name', 'State', 'Closes', 'Slots', 'Requests']}
          rows={draws.map((draw) => [
            { header: 'Name', html: <a href={`${path}/${draw.drawId}`}>{draw.name}</a> },
            { header: 'State', text: formatDrawState(stateOf(draw, now)) },
            { header: 'Closes', text: formatDayAndTime(draw.closesAt) },
            { header: 'Slots', text: String(draw.slots) },
            { header: 'Requests', text: String(draw.entries) },
          ])}
        />
      )}
    </Layout>
  )
}

/** One draw for staff; `results` once it is drawn. */
export interface PracticeDrawModel {
  readonly draw: Draw
  readonly slots: readonly DrawnSlot[]
  readonly entries: number
  readonly results: readonly StoredResult[] | undefined
  readonly roles: readonly Role[]
  readonly done: string | undefined
  readonly now: Date
}

/** How a draw stands: its window, its slots, how many asked, and who got what. */
export function PracticeDrawPage(model: PracticeDrawModel) {
  const { draw, results, now } = model
  const state = stateOf(draw, now)
  return (
    <Layout title={draw.name} before={<BackLink href={path} text="Draws" />}>
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <ClinicNav current="draws" roles={model.roles} />
      <h1 class="nhsuk-heading-l">{draw.name}</h1>
      <SummaryList
        rows={[
          { key: 'State', value: formatDrawState(state) },
          { key: 'Opens', value: formatDayAndTime(draw.opensAt) },
          { key: 'Closes', value: formatDayAndTime(draw.closesAt) },
          { key: 'Priority', value: priorityWords(draw) },
          { key: 'Slots', value: String(model.slots.length) },
          { key: 'Requests', value: String(model.entries) },
          { key: 'Fingerprint of the secret', value: <code>{inGroups(draw.seedHash)}</code> },
        ]}
      />
      {(state === 'planned' || state === 'open') && (
        <p>
          <a href={`${path}/${draw.drawId}/cancel`}>Call off this draw</a>
        </p>
      )}
      {results && <Results draw={draw} results={results} />}
    </Layout>
  )
}

function priorityWords({ priorities }: Draw): string {
  return priorities.length === 0
    ? 'Nobody before others'
    : `${priorities.map(formatPriority).join(', then ')}, then everyone else`
}

/** 64 characters in groups of 8, so that they break on a small screen. */
export function inGroups(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(' ') ?? hash
}

function Results({
  draw,
  results,
}: {
  readonly draw: Draw
  readonly results: readonly StoredResult[]
}) {
  const placed = results.filter((one) => one.slotId !== undefined).length
  return (
    <>
      <p>
        <a href={`${path}/${draw.drawId}/audit`}>Check this result</a>
      </p>
      {results.length === 0 ? (
        <p>Nobody asked. All slots are free for everyone now.</p>
      ) : (
        <Table
          caption={`${placed} of ${results.length} got an appointment`}
          responsive
          head={['Patient', 'Result']}
          rows={results.map((one) => [
            {
              header: 'Patient',
              html: (
                <a href={`/practice/patients/${one.patientId}`}>
                  {one.familyName}, {one.givenName}
                </a>
              ),
            },
            {
              header: 'Result',
              text: one.startsAt ? formatDayAndTime(one.startsAt) : formatWhy(one.whyUnplaced),
            },
          ])}
        />
      )}
    </>
  )
}

/** Asks whether a draw is to be called off. */
export function CancelDrawPage(props: {
  readonly draw: Draw
  readonly entries: number
  readonly roles: readonly Role[]
}) {
  const { draw, entries } = props
  const title = 'Call off this draw?'
  return (
    <Layout title={title} before={<BackLink href={`${path}/${draw.drawId}`} text={draw.name} />}>
      <ClinicNav current="draws" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <InsetText text={draw.name} />
      <p>
        {entries === 0
          ? 'Nobody has asked yet.'
          : `${entries} ${entries === 1 ? 'patient has' : 'patients have'} asked, and will be told.`}{' '}
        The slots are free again, released or not as they were before.
      </p>
      <Form action={`${path}/${draw.drawId}/cancel`}>
        <Button text="Call off the draw" variant="warning" preventDoubleClick />
      </Form>
    </Layout>
  )
}

/** Told to staff who call off what is drawn already. */
export function DrawnAlreadyPage(props: {
  readonly drawId: string
  readonly roles: readonly Role[]
}) {
  const title = 'This draw has been drawn'
  return (
    <Layout title={title} before={<BackLink href={path} text="Draws" />}>
      <ClinicNav current="draws" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        It cannot be called off any more. <a href={`${path}/${props.drawId}`}>See the result</a>,
        and cancel single appointments if you must.
      </p>
    </Layout>
  )
}
