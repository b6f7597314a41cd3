import { formatDate, formatTime, localDateOf } from '#kernel/time'
import { Button, Form, SummaryList, Table } from '#platform/html'
import { sections } from '../../domain/sections.ts'
import type { TrialRun, TrialTotal } from '../../queries/review/trial-totals.ts'

/** What a count of the whole practice found, or how far it is. */
export interface WholeTrial {
  readonly run: TrialRun
  readonly totals: readonly TrialTotal[]
}

const levels = ['summary', 'detailed', 'documents', 'full'] as const
const headings = {
  summary: 'Medicines and allergies',
  detailed: 'Everything coded',
  documents: 'And documents',
  full: 'And free text',
} as const

/** The whole practice: who would gain how much, by level and part of the record. */
export function TrialTotals({ whole }: { readonly whole: WholeTrial | undefined }) {
  const isRunning = whole !== undefined && whole.run.finishedAt === undefined
  return (
    <>
      <h2 class="nhsuk-heading-m">The whole practice</h2>
      {whole ? (
        <Found {...whole} />
      ) : (
        <p>Not counted yet. Counting takes some minutes; you can leave and come back.</p>
      )}
      <Form action="/practice/disclosure/trial" method="post">
        {!isRunning && (
          <Button text={whole ? 'Count again' : 'Count the whole practice'} variant="secondary" />
        )}
      </Form>
      {isRunning && (
        <p>
          <a href="/practice/disclosure/trial">See how far it is</a>
        </p>
      )}
    </>
  )
}

function Found({ run, totals }: WholeTrial) {
  if (!run.finishedAt) {
    return (
      <p role="status">
        Being counted since {formatTime(run.begunAt)}: {run.patients} of {run.ofPatients} patients.
      </p>
    )
  }
  return (
    <>
      <p>
        Counted on {formatDate(localDateOf(run.begunAt))} at {formatTime(run.begunAt)}, as the
        record and the accounts were then.
      </p>
      <SummaryList
        rows={[
          { key: 'Patients', value: String(run.patients) },
          { key: 'Somebody can see online', value: String(run.reached) },
          {
            key: 'Would gain nothing: the record asks for a review of access, or declines it',
            value: String(run.paused),
          },
        ]}
      />
      <Gained relation="self" caption="What patients would see more of" totals={totals} />
      <Gained
        relation="proxy"
        caption="What those who act for patients would see more of"
        totals={totals}
      />
    </>
  )
}

function Gained(props: {
  readonly relation: 'self' | 'proxy'
  readonly caption: string
  readonly totals: readonly TrialTotal[]
}) {
  const own = props.totals.filter(({ relation }) => relation === props.relation)
  if (own.length === 0) return <p>{props.caption}: nothing.</p>
  return (
    <Table
      responsive
      classes="app-table--dense"
      caption={{ text: `${props.caption}: entries, and for how many people`, size: 's' }}
      head={[
        { text: 'Part of the record' },
        ...levels.map((level) => ({ text: headings[level], format: 'numeric' as const })),
      ]}
      rows={sections.map(({ section, name }) => [
        { text: name },
        ...levels.map((level) => {
          const found = own.find((one) => one.level === level && one.section === section)
          const text = found ? `${found.entries} (${found.readers})` : '0'
          return { text, format: 'numeric' as const }
        }),
      ])}
    />
  )
}
