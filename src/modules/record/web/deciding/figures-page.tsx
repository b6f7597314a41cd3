import { Button, Form, Layout, Select, SummaryList, Table } from '#platform/html'
import { laneOf } from '../../domain/deciding/categories.ts'
import type { DoneTotals, LateTotals, RuleRow, WaitRow } from '../../queries/review/figures.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { laneNames } from '../staff-wording.tsx'
import { DisclosureNav } from './nav.tsx'

/** The practice's figures: what rules hold, how long people take, what they overturn, what went wrong. */
export function FiguresPage(props: {
  readonly done: DoneTotals | undefined
  readonly late: LateTotals | undefined
  readonly waits: readonly WaitRow[]
  readonly rules: readonly RuleRow[]
  readonly counts: WorkCounts
  readonly days: number
}) {
  const { done, late, waits, rules, days } = props
  const title = 'Disclosure: figures'
  return (
    <Layout title={title}>
      <DisclosureNav current="figures" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action="/practice/disclosure/figures" method="get" class="app-inline-form">
        <Select
          name="days"
          label="The last"
          value={String(days)}
          items={[7, 30, 90].map((one) => ({ value: String(one), text: `${one} days` }))}
        />
        <Button text="Show" variant="secondary" />
      </Form>
      {done && late && <SummaryList rows={summaryOf({ ...done, ...late })} />}
      <h2 class="nhsuk-heading-m">How long held entries waited for a person</h2>
      {waits.length === 0 ? (
        <p>Nobody decided about a held entry in these {days} days.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Waiting times', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'What' },
            { text: 'Decided', format: 'numeric' },
            { text: 'Half waited up to', format: 'numeric' },
            { text: 'Nine of ten up to', format: 'numeric' },
            { text: 'Over a week', format: 'numeric' },
          ]}
          rows={waits.map((row) => [
            { text: whatNames[row.what] },
            { text: String(row.decided), format: 'numeric' },
            { text: formatHours(row.medianHours), format: 'numeric' },
            { text: formatHours(row.ninthHours), format: 'numeric' },
            { text: String(row.overAWeek), format: 'numeric' },
          ])}
        />
      )}
      <h2 class="nhsuk-heading-m">What people made of what each rule held</h2>
      <p>A rule that people nearly always overturn holds too much, and can be made better.</p>
      {rules.length === 0 ? (
        <p>Nothing that a rule held was decided in these {days} days.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Overturned, by rule', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Rule' },
            { text: 'Queue' },
            { text: 'Decided', format: 'numeric' },
            { text: 'Released', format: 'numeric' },
            { text: 'Overturned', format: 'numeric' },
          ]}
          rows={rules.map((row) => [
            { text: row.why },
            { text: laneNames[laneOf([row])] },
            { text: String(row.decided), format: 'numeric' },
            { text: String(row.released), format: 'numeric' },
            { text: formatShare(row.released, row.decided), format: 'numeric' },
          ])}
        />
      )}
    </Layout>
  )
}

const whatNames = {
  results: 'Test results',
  letters: 'Letters',
  consultations: 'Consultations',
  other: 'Everything else',
} as const

function summaryOf(totals: DoneTotals & LateTotals) {
  const { released, held, longestWaitDays } = totals
  return [
    {
      key: 'Held by the rules',
      value: `${held} of ${released + held} (${formatShare(held, released + held)})`,
    },
    {
      key: 'Longest wait now',
      value: longestWaitDays === undefined ? 'Nothing waits' : formatDays(longestWaitDays),
    },
    { key: 'Review dates overdue', value: String(totals.overdue) },
    { key: 'Patients’ requests overdue', value: String(totals.requestsOverdue) },
    {
      key: 'Recalls',
      value: `${totals.recalled}, of which ${totals.recalledFromRules} had been released by the rules`,
    },
    {
      key: 'Read again',
      value: `${totals.readAgain}, of which ${totals.unsafe} found unsafe (${formatShare(totals.unsafe, totals.readAgain)})`,
    },
  ]
}

function formatShare(part: number, whole: number): string {
  if (whole === 0) return 'none yet'
  const share = (part / whole) * 100
  return share > 0 && share < 1 ? 'under 1%' : `${Math.round(share)}%`
}

function formatHours(hours: number): string {
  if (hours < 1) return 'under an hour'
  return hours < 48 ? `${Math.round(hours)} h` : formatDays(Math.round(hours / 24))
}

function formatDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
