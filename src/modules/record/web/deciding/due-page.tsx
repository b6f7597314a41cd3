import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import { Layout, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import type { ReviewRow } from '../../queries/review.ts'
import type { ProposedRow, WorkCounts } from '../../queries/review/work.ts'
import { formatWait } from '../queue-page.tsx'
import { awaitsNames, groundNames, laneNames } from '../staff-wording.tsx'
import { formatKind } from '../wording.ts'
import { DisclosureNav } from './nav.tsx'

/** Releases that one person proposed, for another to read. */
export function SecondPage(props: {
  readonly rows: readonly ProposedRow[]
  readonly now: Date
  readonly counts: WorkCounts
}) {
  const title = 'Waits for a second person'
  return (
    <Layout title={title}>
      <DisclosureNav current="second" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        What was held for safeguarding, law or the safety of staff is shown only when two different
        people would show it.
      </p>
      {props.rows.length === 0 ? (
        <p>Nothing is waiting.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: title, classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Waiting' },
            { text: 'Patient' },
            { text: 'Entry' },
            { text: 'First' },
            { text: 'For' },
          ]}
          rows={props.rows.map((row) => [
            { text: formatWait(row.decidedAt, props.now) },
            { html: <Whose row={row} /> },
            { html: <EntryLink row={row} /> },
            { text: row.isOwn ? `${row.firstName} (you)` : row.firstName },
            { text: laneNames[row.lane] },
          ])}
        />
      )}
    </Layout>
  )
}

/** Withheld and hidden entries whose day has come, or that the patient answered about. */
export function DuePage(props: {
  readonly rows: readonly ReviewRow[]
  readonly today: LocalDate
  readonly counts: WorkCounts
}) {
  const title = 'Withheld or hidden, and the day has come'
  return (
    <Layout title={title}>
      <DisclosureNav current="due" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>None of these is shown until somebody decides again.</p>
      {props.rows.length === 0 ? (
        <p>Nothing is due.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: title, classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Day' },
            { text: 'Patient' },
            { text: 'Entry' },
            { text: 'Was' },
            { text: 'Why' },
          ]}
          rows={props.rows.map((row) => [
            {
              text: `${formatDate(row.reviewOn)}${row.reviewOn < props.today ? ', overdue' : ''}`,
            },
            { html: <Whose row={row} /> },
            { html: <EntryLink row={row} /> },
            { text: row.outcome === 'hidden' ? 'Hidden' : 'Withheld' },
            { text: whyOf(row) },
          ])}
        />
      )}
    </Layout>
  )
}

const answers = {
  show: 'The patient wants it shown',
  'keep-off': 'The patient wants it kept off',
  talk: 'The patient wants to talk about it',
} as const

function whyOf({ ground, awaits, answer }: ReviewRow): string {
  if (answer) return answers[answer]
  if (ground) return groundNames[ground]
  return awaits ? `Waited for: ${awaitsNames[awaits].toLowerCase()}` : ''
}

function Whose({ row }: { readonly row: ReviewRow | ProposedRow }) {
  return (
    <>
      {formatName(row)}
      <br />
      {formatNhsNumber(row.nhsNumber)}
    </>
  )
}

function EntryLink({ row }: { readonly row: ReviewRow | ProposedRow }) {
  return (
    <a href={`/practice/disclosure/${row.entryId}`}>
      {formatKind(row.kind)}: {row.title}
      <span class="nhsuk-u-visually-hidden"> of {formatName(row)}</span>
    </a>
  )
}
