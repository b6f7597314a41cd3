import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, formatDayAndTime, type LocalDate } from '#kernel/time'
import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
  Table,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import { formatName } from '#modules/directory'
import { maxWords } from '../../domain/asking/request.ts'
import type { RequestRow } from '../../queries/asking/requests.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { formatClock, outcomesForStaff, requestKinds } from '../asking/words.ts'
import { DisclosureNav } from './nav.tsx'

/** What patients ask about what is shown, each with the day by which it is answered. */
export function RequestsPage(props: {
  readonly rows: readonly RequestRow[]
  readonly today: LocalDate
  readonly counts: WorkCounts
}) {
  const title = 'Patients ask about their record'
  return (
    <Layout title={title}>
      <DisclosureNav current="requests" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Each is answered within one calendar month of the day it was asked.</p>
      {props.rows.length === 0 ? (
        <p>Nobody has asked.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: title, classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Answer by' },
            { text: 'Patient' },
            { text: 'They say' },
            { text: 'Asked' },
            { text: 'Answer' },
          ]}
          rows={props.rows.map((row) => [
            {
              text: row.answeredAt
                ? formatDate(row.dueOn)
                : `${formatDate(row.dueOn)}, ${formatClock(row.dueOn, props.today)}`,
            },
            {
              html: (
                <>
                  {formatName(row)}
                  <br />
                  {formatNhsNumber(row.nhsNumber)}
                </>
              ),
            },
            {
              html: (
                <a href={`/practice/disclosure/requests/${row.requestId}`}>
                  {requestKinds[row.kind]}
                  <span class="nhsuk-u-visually-hidden">, {formatName(row)}</span>
                </a>
              ),
            },
            { text: formatDayAndTime(row.askedAt) },
            { text: row.outcome ? outcomesForStaff[row.outcome] : 'Waiting' },
          ])}
        />
      )}
    </Layout>
  )
}

/** One request: what they wrote, the clock, and the answer. */
export function RequestPage(props: {
  readonly row: RequestRow
  readonly today: LocalDate
  readonly faults?: FormFaults
}) {
  const { row } = props
  const title = `What ${formatName(row)} asks`
  return (
    <Layout
      title={title}
      hasErrors={props.faults !== undefined}
      before={<BackLink href="/practice/disclosure/requests" text="Back to what patients ask" />}
    >
      <ErrorSummaryFor faults={props.faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {requestKinds[row.kind]}. Asked on {formatDayAndTime(row.askedAt)}
        {row.askedAs === 'proxy' && ' by somebody who acts for the patient'}. Answer by{' '}
        <strong>{formatDate(row.dueOn)}</strong>
        {!row.answeredAt && ` (${formatClock(row.dueOn, props.today)})`}.
      </p>
      <InsetText>
        <p class="app-free-text">{row.words}</p>
      </InsetText>
      <p>
        <a href={`/practice/patients/${row.patientId}/record`}>The patient’s record</a>
      </p>
      {row.outcome ? <Answered row={row} /> : <AnswerForm {...props} />}
    </Layout>
  )
}

function Answered({ row }: { readonly row: RequestRow }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Answered</h2>
      <p>
        {row.outcome && outcomesForStaff[row.outcome]}
        {row.answeredAt && `, on ${formatDayAndTime(row.answeredAt)}`}
        {row.answeredBy && ` by ${row.answeredBy}`}.
      </p>
      <InsetText>
        <p class="app-free-text">{row.answer}</p>
      </InsetText>
    </>
  )
}

function AnswerForm({ row, faults }: { readonly row: RequestRow; readonly faults?: FormFaults }) {
  return (
    <Form action={`/practice/disclosure/requests/${row.requestId}`}>
      <Radios
        name="outcome"
        small
        fieldset={{ legend: { text: 'What you did', size: 'm' } }}
        value={faults?.typed['outcome']}
        errorMessage={messageFor(faults?.faults, 'outcome')}
        items={Object.entries(outcomesForStaff).map(([value, text]) => ({ value, text }))}
      />
      <CharacterCount
        name="answer"
        label={{ text: 'Answer to the person who asked', size: 's' }}
        hint="They read exactly this. If something stays withheld, say that they can ask for another look, complain to the surgery, or go to the Information Commissioner, unless telling them so would itself do harm. Never say what is withheld."
        maxlength={maxWords}
        rows={5}
        value={faults?.typed['answer']}
        errorMessage={messageFor(faults?.faults, 'answer')}
      />
      <Button text="Send the answer" preventDoubleClick />
    </Form>
  )
}
