import { formatNhsNumber } from '#kernel/nhs-number'
import { Button, Form, Layout, Select, Table } from '#platform/html'
import type { RecordLevel } from '#modules/access'
import { formatName } from '#modules/directory'
import type { Gain } from '../../domain/deciding/trial.ts'
import type { TrialPatient } from '../../queries/review/trial.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { Pages } from '../reading/record-frame.tsx'
import { formatKind } from '../wording.ts'
import { DisclosureNav } from './nav.tsx'
import { TrialTotals, type WholeTrial } from './trial-totals.tsx'

/** What one person who can sign in would see more of. */
export interface Trial {
  readonly patient: TrialPatient
  readonly relation: 'self' | 'proxy'
  readonly gains: readonly Gain[]
  /** Entries that stay held, whatever is switched on. */
  readonly held: number
  /** The record asks for a review of access, or declines it. */
  readonly isPaused: boolean
}

const levelNames: Readonly<Record<Exclude<RecordLevel, 'none'>, string>> = {
  summary: 'Medicines and allergies',
  detailed: 'Everything coded',
  documents: 'Everything coded, and documents',
  full: 'Everything, with free text',
}

/** Who would gain what, before the practice switches a level on. Nothing is changed here. */
export function TrialPage(props: {
  readonly trials: readonly Trial[]
  readonly patients: number
  readonly hasMore: boolean
  readonly level: Exclude<RecordLevel, 'none'>
  readonly page: number
  readonly counts: WorkCounts
  readonly whole: WholeTrial | undefined
}) {
  const { trials, level, page } = props
  const title = 'Before switching on: who would gain what'
  const gaining = trials.filter((one) => one.gains.length > 0)
  return (
    <Layout title={title}>
      <DisclosureNav current="trial" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        A trial: nothing is changed by looking. It is about those who can sign in now, and what is
        released now. What is held stays held whatever is switched on, and so does what a patient
        wants to be told of first, or keeps from those who act for them.
      </p>
      <TrialTotals whole={props.whole} />
      <h2 class="nhsuk-heading-m">Patient by patient</h2>
      <Form action="/practice/disclosure/trial" method="get" class="app-inline-form">
        <Select
          name="level"
          label="If the practice showed"
          value={level}
          items={Object.entries(levelNames).map(([value, text]) => ({ value, text }))}
        />
        <Button text="Show" variant="secondary" />
      </Form>
      <p>
        Of {props.patients} patients on this page, by name, {trials.length} can be seen online by
        themselves or others, and {gaining.length} of these would see more.
      </p>
      {trials.length > 0 && (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Who would see more', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Patient' },
            { text: 'Who looks' },
            { text: 'Would see more' },
            { text: 'Stays held', format: 'numeric' },
            { text: 'Note' },
          ]}
          rows={trials.map((one) => [
            {
              html: (
                <>
                  <a href={`/practice/patients/${one.patient.patientId}`}>
                    {formatName(one.patient)}
                  </a>
                  <br />
                  {formatNhsNumber(one.patient.nhsNumber)}
                </>
              ),
            },
            { text: one.relation === 'self' ? 'The patient' : 'Somebody who acts for them' },
            { text: formatGains(one.gains) },
            { text: String(one.held), format: 'numeric' },
            { text: one.isPaused ? 'Nothing while the record asks for a review of access' : '' },
          ])}
        />
      )}
      <Pages
        page={page}
        hasMore={props.hasMore}
        href={(other) => `/practice/disclosure/trial?level=${level}&page=${other}`}
      />
    </Layout>
  )
}

function formatGains(gains: readonly Gain[]): string {
  if (gains.length === 0) return 'Nothing'
  return gains.map(({ kind, entries }) => `${formatKind(kind)}: ${entries}`).join('. ')
}
