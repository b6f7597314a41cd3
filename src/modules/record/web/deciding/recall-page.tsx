import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDayAndTime, minutesAfter } from '#kernel/time'
import type { EventSeen } from '#platform/audit'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
  Radios,
  SummaryList,
  Table,
  Textarea,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import { formatName } from '#modules/directory'
import { breachHours, recallCauses, recallConclusions } from '../../domain/deciding/recall.ts'
import type { RecallRow } from '../../queries/review/recalls.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { formatKind } from '../wording.ts'
import { DisclosureNav } from './nav.tsx'

/** Everything that was recalled, the open incidents first. */
export function RecallsPage(props: {
  readonly rows: readonly RecallRow[]
  readonly counts: WorkCounts
}) {
  const title = 'Recalls'
  return (
    <Layout title={title}>
      <DisclosureNav current="incidents" counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.rows.length === 0 ? (
        <p>Nothing has been recalled.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Recalls, the open ones first', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Recalled' },
            { text: 'Patient' },
            { text: 'Why' },
            { text: 'Released by' },
            { text: 'State' },
          ]}
          rows={props.rows.map((row) => [
            {
              html: (
                <a href={`/practice/disclosure/recalls/${row.recallId}`}>
                  {formatDayAndTime(row.recalledAt)}
                  <span class="nhsuk-u-visually-hidden">, {formatName(row)}</span>
                </a>
              ),
            },
            { text: formatName(row) },
            { text: recallCauses[row.cause] },
            { text: row.releasedBy === 'ruleset' ? 'The rules' : 'A person' },
            { text: row.conclusion ? recallConclusions[row.conclusion] : 'Open' },
          ])}
        />
      )}
    </Layout>
  )
}

/** One incident: what was shown, to whom, and what came of it. */
export function RecallPage(props: {
  readonly row: RecallRow
  readonly now: Date
  readonly opened: readonly EventSeen[]
  readonly looked: readonly EventSeen[]
  readonly faults?: FormFaults
}) {
  const { row, opened, looked } = props
  const title = 'Recalled: an incident'
  const reportBy = minutesAfter(row.recalledAt, breachHours * 60)
  return (
    <Layout
      title={title}
      hasErrors={props.faults !== undefined}
      before={<BackLink href="/practice/disclosure/recalls" text="Back to recalls" />}
    >
      <ErrorSummaryFor faults={props.faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Nobody sees it any more: it waits in a queue until somebody decides.</p>
      <SummaryList
        rows={[
          { key: 'Patient', value: `${formatName(row)}, ${formatNhsNumber(row.nhsNumber)}` },
          {
            key: 'Entry',
            value: {
              html: <a href={`/practice/disclosure/${row.entryId}`}>{formatKind(row.kind)}</a>,
            },
          },
          { key: 'Why', value: recallCauses[row.cause] },
          {
            key: 'Shown',
            value: `${formatDayAndTime(row.releasedAt)} to ${formatDayAndTime(row.recalledAt)}`,
          },
          { key: 'Released by', value: row.releasedBy === 'ruleset' ? 'The rules' : 'A person' },
          { key: 'Recalled by', value: row.recalledBy },
        ]}
      />
      <h2 class="nhsuk-heading-m">Opened it, or what goes with it</h2>
      <Seen events={opened} none="Nobody had opened it." caption="Opened it" />
      <h2 class="nhsuk-heading-m">
        Looked at the record meanwhile, and may have seen it in a list
      </h2>
      <Seen events={looked} none="Nobody had looked." caption="Looked at the record" />
      {row.conclusion ? (
        <p>
          {recallConclusions[row.conclusion]}.{' '}
          {row.closedAt && `Closed on ${formatDayAndTime(row.closedAt)}`}
          {row.closedBy && ` by ${row.closedBy}`}. {row.note}
        </p>
      ) : (
        <Close {...props} reportBy={reportBy} />
      )}
    </Layout>
  )
}

function Seen(props: {
  readonly events: readonly EventSeen[]
  readonly none: string
  readonly caption: string
}) {
  if (props.events.length === 0) return <p>{props.none}</p>
  return (
    <Table
      responsive
      classes="app-table--dense"
      caption={{ text: props.caption, classes: 'nhsuk-u-visually-hidden' }}
      head={[{ text: 'When' }, { text: 'Who' }, { text: 'What' }]}
      rows={props.events.slice(0, 100).map((event) => [
        { text: formatDayAndTime(event.at) },
        {
          text: event.actorKind === 'proxy' ? 'Somebody who acts for the patient' : 'The patient',
        },
        { text: event.type.replace('record.', '').replaceAll('-', ' ') },
      ])}
    />
  )
}

function Close({
  row,
  faults,
  reportBy,
}: {
  readonly row: RecallRow
  readonly faults?: FormFaults
  readonly reportBy: Date
}) {
  return (
    <Form action={`/practice/disclosure/recalls/${row.recallId}`}>
      <p>
        If it is a breach of personal data that puts somebody at risk, it has to be reported by{' '}
        <strong>{formatDayAndTime(reportBy)}</strong>.
      </p>
      <Radios
        name="conclusion"
        small
        fieldset={{ legend: { text: 'What came of it', size: 'm' } }}
        value={faults?.typed['conclusion']}
        errorMessage={messageFor(faults?.faults, 'conclusion')}
        items={Object.entries(recallConclusions).map(([value, text]) => ({ value, text }))}
      />
      <Textarea
        name="note"
        label={{ text: 'Note for other staff (optional)', size: 's' }}
        rows={3}
        value={faults?.typed['note']}
        errorMessage={messageFor(faults?.faults, 'note')}
      />
      <Button text="Close the incident" preventDoubleClick />
    </Form>
  )
}
