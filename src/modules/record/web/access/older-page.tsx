import { addDays, formatDate, localDateOf } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
  SummaryList,
  Table,
  Textarea,
  type Fault,
} from '#platform/html'
import { formatName } from '#modules/directory'
import { answerWithinDays, type OlderWork } from '../../domain/reading/older.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import type { OlderEntry, WaitingRequest } from '../../queries/reading/older-requests.ts'
import { formatLevel, grantable } from './level-words.ts'

/** Everything that is needed to decide about one asking for older records. */
export interface OlderModel {
  readonly request: WaitingRequest
  readonly access: RecordAccess
  readonly work: OlderWork
  readonly held: readonly OlderEntry[]
  readonly sample: readonly OlderEntry[]
  /** They may open entries and decide. */
  readonly mayDecide: boolean
}

/** The list of those who wait, longest first. */
export function OlderRequestsPage({ waiting }: { readonly waiting: readonly WaitingRequest[] }) {
  return (
    <Layout
      title="Asked for older records"
      before={<BackLink href="/practice/reading" text="What patients see" />}
    >
      <h1 class="nhsuk-heading-l">Asked for older records</h1>
      {waiting.length === 0 ? (
        <p>
          Nobody waits. When a patient asks for what was written before their access began, it is
          here.
        </p>
      ) : (
        <Table
          responsive
          caption={{ text: 'Waiting, longest first', classes: 'nhsuk-u-visually-hidden' }}
          head={[{ text: 'Patient' }, { text: 'Born' }, { text: 'Asked' }, { text: 'Answer by' }]}
          rows={waiting.map((request) => [
            {
              header: 'Patient',
              html: (
                <a href={`/practice/older-records/${request.requestId}`}>{formatName(request)}</a>
              ),
            },
            { header: 'Born', text: formatDate(request.bornOn) },
            { header: 'Asked', text: formatDate(request.askedAt) },
            { header: 'Answer by', text: formatDate(answerBy(request)) },
          ])}
        />
      )}
    </Layout>
  )
}

const answerBy = ({ askedAt }: WaitingRequest) => addDays(localDateOf(askedAt), answerWithinDays)

/** Working through one: what is held, what was decided, a sample of what rules released, then the answer. */
export function OlderRequestPage(props: {
  readonly model: OlderModel
  readonly faults?: readonly Fault[]
  readonly typed?: Readonly<Record<string, string>>
  readonly notice?: string
}) {
  const { model, faults = [], typed = {}, notice } = props
  const { request, access, work } = model
  const name = formatName(request)
  const title = `${name}: older records`
  return (
    <Layout
      title={title}
      hasErrors={faults.length > 0}
      before={<BackLink href="/practice/older-records" text="Asked for older records" />}
    >
      {faults.length > 0 && <ErrorSummaryFor faults={faults} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      {notice !== undefined && <InsetText text={notice} />}
      <SummaryList
        rows={[
          { key: 'Asked', value: formatDate(request.askedAt) },
          { key: 'Answer by', value: formatDate(answerBy(request)) },
          { key: 'Why, in their words', value: request.reason || 'Not said' },
          { key: 'Older means recorded before', value: formatDate(access.grant.effectiveFrom) },
          { key: 'Sees of the older record now', value: formatLevel(access.grant.historical) },
          { key: 'Sees of the newer record', value: formatLevel(access.grant.current) },
          {
            key: 'Older entries',
            value: `${work.held} held, ${work.withheld} kept back, ${work.released} released`,
          },
        ].map(({ key, value }) => ({ key: { text: key }, value: { text: value } }))}
      />
      <Held {...model} />
      {work.held === 0 && <Sample {...model} />}
      {work.held === 0 && <Grant model={model} faults={faults} typed={typed} />}
      <Refuse model={model} faults={faults} typed={typed} />
    </Layout>
  )
}

function Held({ held, work, mayDecide, request }: OlderModel) {
  return (
    <>
      <h2 class="nhsuk-heading-m">1. Decide what is held</h2>
      {work.held === 0 ? (
        <p>Nothing is held. Everything older was decided.</p>
      ) : (
        <>
          <p>
            {work.held === 1 ? 'One entry waits' : `${work.held} entries wait`} for a decision.
            Access can be opened when none does.
          </p>
          <Entries entries={held} mayOpen={mayDecide} />
          {work.held > held.length && (
            <p>
              These are the oldest {held.length}. The rest is in{' '}
              <a href={`/practice/patients/${request.patientId}/record`}>the whole record</a>.
            </p>
          )}
        </>
      )}
    </>
  )
}

function Sample({ sample, mayDecide }: OlderModel) {
  return (
    <>
      <h2 class="nhsuk-heading-m">2. Read a sample of what rules released</h2>
      {sample.length === 0 ? (
        <p>Rules released nothing of the older record without a person.</p>
      ) : (
        <Entries entries={sample} mayOpen={mayDecide} />
      )}
    </>
  )
}

function Entries({
  entries,
  mayOpen,
}: {
  readonly entries: readonly OlderEntry[]
  readonly mayOpen: boolean
}) {
  return (
    <ul>
      {entries.map(({ entryId, title, clinicalAt, recordedAt }) => (
        <li>
          {mayOpen ? <a href={`/practice/disclosure/${entryId}`}>{title}</a> : title}
          {`, ${formatDate(clinicalAt ?? recordedAt)}`}
        </li>
      ))}
    </ul>
  )
}

interface Answering {
  readonly model: OlderModel
  readonly faults: readonly Fault[]
  readonly typed: Readonly<Record<string, string>>
}

function Grant({ model, faults, typed }: Answering) {
  const { request, access, sample } = model
  return (
    <Form action={`/practice/older-records/${request.requestId}/grant`}>
      <h2 class="nhsuk-heading-m">3. Open the older record</h2>
      <Radios
        name="level"
        idPrefix="level"
        fieldset={{ legend: { text: 'How much of it', size: 's' } }}
        value={typed['level'] ?? ''}
        errorMessage={messageFor(faults, 'level')}
        items={grantable(access.grant.historical).map((level) => ({
          value: level,
          text: formatLevel(level),
        }))}
      />
      {sample.length > 0 && (
        <Checkboxes
          name="sample"
          idPrefix="sample"
          errorMessage={messageFor(faults, 'sample')}
          items={[
            { value: 'read', text: 'I have read the sample above, and all of it may be shown' },
          ]}
        />
      )}
      <p>What was kept back stays back. The patient is told that there is an answer.</p>
      <Button text="Open the older record" />
    </Form>
  )
}

function Refuse({ model, faults, typed }: Answering) {
  return (
    <Form action={`/practice/older-records/${model.request.requestId}/refuse`}>
      <h2 class="nhsuk-heading-m">Or decide not to open it</h2>
      <Textarea
        id="answer"
        name="answer"
        label={{ text: 'Why, in words for the patient' }}
        hint={{ text: 'They see exactly this, with how to challenge it. Name nobody else.' }}
        rows={3}
        value={typed['answer'] ?? ''}
        errorMessage={messageFor(faults, 'answer')}
      />
      <Button text="Do not open it" variant="secondary" />
    </Form>
  )
}
