import { formatDay, formatTime } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
  SummaryList,
  WarningCallout,
} from '#platform/html'
import { maxWords } from '../../domain/changes/change.ts'
import type { SessionFacts } from '../../domain/changes/clinic-session.ts'
import type { NamedSession } from '../../queries/changes/clinic-sessions.ts'
import type { ChangeChoices } from './choices.ts'
import { toPhone } from './patients-model.ts'
import { PatientsTable } from './patients-table.tsx'
import type { Preview } from './preview-model.ts'
import { fieldsAsked } from './read-asked.ts'
import { formatClash, formatNear, formatSession, formatSpan, kindWords } from './words.ts'

/** What a change would do: sessions, clashes, patients, and the words they read. Nothing is done yet. */
export function PreviewPage(props: {
  readonly preview: Preview
  readonly choices: ChangeChoices
  readonly words: string
  readonly idempotencyKey: string
  readonly faults?: readonly FieldFault[]
}) {
  const { preview, choices, words, idempotencyKey, faults } = props
  const { kind } = preview.asked
  const { check, does } = kindWords[kind]
  const byMinutes =
    preview.decided.plan.kind === 'move' ? preview.decided.plan.byMinutes : undefined
  return (
    <Layout
      title={check}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={backHref(preview)} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{check}</h1>
      <Sessions preview={preview} choices={choices} />
      <Clashes preview={preview} />
      <Counts preview={preview} />
      {preview.patients.length > 0 && (
        <PatientsTable
          caption="Patients who are booked"
          rows={preview.patients}
          byMinutes={byMinutes}
        />
      )}
      <Form action="/practice/appointments/changes" idempotencyKey={idempotencyKey}>
        {fieldsAsked(preview.asked).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {preview.patients.length > 0 && <Words words={words} faults={faults} />}
        <When preview={preview} />
        <Button
          text={does}
          preventDoubleClick
          {...(kind === 'cancel' && { variant: 'warning' as const })}
        />
      </Form>
      <p>
        <a href={backHref(preview)}>Leave everything as it is</a>
      </p>
    </Layout>
  )
}

function backHref({ asked }: Preview): string {
  const [only, ...others] = asked.kind === 'cancel' ? asked.sessionIds : [asked.sessionId]
  return only === undefined || others.length > 0
    ? '/practice/appointments/changes/new'
    : `/practice/appointments/sessions/${only}`
}

function Sessions(props: { readonly preview: Preview; readonly choices: ChangeChoices }) {
  const { preview, choices } = props
  const { asked, sessions, decided } = preview
  if (asked.kind === 'cancel') {
    const rests = decided.plan.kind === 'cancel' ? decided.plan.rests : []
    return (
      <ul class="nhsuk-list nhsuk-list--bullet">
        {sessions.map((session) => {
          const rest = rests.find((one) => one.sessionId === session.sessionId)
          return (
            <li>
              {formatSession(session)}
              {rest &&
                `: it has begun, so it is cancelled from ${formatTime(new Date(rest.at))} on`}
            </li>
          )
        })}
      </ul>
    )
  }
  const [session] = sessions
  if (!session) return null
  return (
    <SummaryList
      rows={[
        { key: 'Now', value: `${formatSession(session)}${formatWhere(session)}` },
        { key: 'Then', value: formatThen(preview, session, choices) },
      ]}
    />
  )
}

function formatThen(preview: Preview, session: NamedSession, choices: ChangeChoices): string {
  const { asked, decided } = preview
  const { plan } = decided
  if (plan.kind === 'amend') return formatFacts(plan.to, choices)
  if (plan.kind === 'move') {
    const [startsAt, endsAt] = [session.startsAt, session.endsAt].map(
      (at) => new Date(at.getTime() + plan.byMinutes * 60_000),
    )
    return startsAt && endsAt ? `${formatDay(startsAt)}, ${formatSpan({ startsAt, endsAt })}` : ''
  }
  if (plan.kind === 'split') {
    const at = new Date(plan.at)
    return `Until ${formatTime(at)} as now. From ${formatTime(at)}: ${formatFacts(plan.to, choices)}`
  }
  if (plan.kind !== 'extend' || asked.kind !== 'extend') return ''
  const type = choices.slotTypes.find((one) => one.slotTypeId === asked.slotTypeId)
  const many = plan.slotStarts.length
  const span = { startsAt: new Date(plan.startsAt), endsAt: new Date(plan.endsAt) }
  return `${formatSpan(span)}, with ${many} more ${many === 1 ? 'slot' : 'slots'}: ${type?.name ?? ''}`
}

function formatWhere({
  room,
  site,
}: {
  readonly room?: string | undefined
  readonly site?: string | undefined
}): string {
  return [room, site]
    .filter((one) => one !== undefined)
    .map((one) => `, ${one}`)
    .join('')
}

/** Dr Okafor: Morning surgery, Room 2. */
export function formatFacts(facts: SessionFacts, choices: ChangeChoices): string {
  const who = choices.clinicians.find((one) => one.staffId === facts.staffId)?.name
  const room = choices.rooms.find((one) => one.roomId === facts.roomId)?.name
  const site = choices.sites.find((one) => one.siteId === facts.siteId)?.name
  return `${who ?? 'No clinician yet'}: ${facts.name}${formatWhere({ room, site })}`
}

function Clashes({ preview }: { readonly preview: Preview }) {
  if (preview.clashes.length === 0) return null
  return (
    <WarningCallout heading="Something is in the way">
      <ul>
        {preview.clashes.map((clash) => (
          <li>{formatClash(clash)}</li>
        ))}
      </ul>
      <p>You can still go on, if you know better.</p>
    </WarningCallout>
  )
}

function Counts({ preview }: { readonly preview: Preview }) {
  const { patients, decided } = preview
  if (patients.length === 0) {
    return (
      <p>
        {decided.plan.kind === 'extend' || !decided.concernsPatients
          ? 'No patient would notice, so nobody is told.'
          : 'Nobody is booked, so nobody is told.'}
      </p>
    )
  }
  const phone = toPhone(patients).length
  return (
    <p>
      {patients.length} {patients.length === 1 ? 'patient is' : 'patients are'} booked.{' '}
      {phone === 0
        ? `${patients.length === 1 ? 'They' : 'All of them'} can be told online.`
        : `${phone} must be phoned: after you go on, there is a list to print.`}
    </p>
  )
}

function Words(props: {
  readonly words: string
  readonly faults: readonly FieldFault[] | undefined
}) {
  return (
    <CharacterCount
      name="words"
      label="What patients will read"
      hint="Say nothing about anyone’s health. Others may read it for them."
      value={props.words}
      maxlength={maxWords}
      rows={4}
      errorMessage={messageFor(props.faults, 'words')}
    />
  )
}

function When({ preview }: { readonly preview: Preview }) {
  const { asked, patients, sendsAt, now, decided } = preview
  if (asked.kind !== 'cancel' && !decided.concernsPatients) {
    return <p>It is done at once. It cannot be undone here, but it can be changed again.</p>
  }
  if (sendsAt <= now) {
    return <p>This is done, and patients are told, at once. It cannot be undone.</p>
  }
  return (
    <p>
      Nobody can book into {asked.kind === 'cancel' ? 'it' : 'the session'} from now on.{' '}
      {patients.length > 0
        ? `Patients are told at ${formatNear(sendsAt, now)}. Until then you can undo it.`
        : `You can undo it until ${formatNear(sendsAt, now)}.`}
    </p>
  )
}
