import { formatDate, formatDayAndTime } from '#kernel/time'
import { formatNhsNumber } from '#kernel/nhs-number'
import { Button, Form, InsetText, Layout, Select, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import { ruleset } from '../domain/ruleset.ts'
import type { EntryKind } from '../domain/entry.ts'
import type { QueueFilter, QueueRow, ReviewRow } from '../queries/review.ts'
import { Pages } from './reading/record-frame.tsx'
import { groundNames } from './staff-wording.tsx'
import { formatKind, formatKnownDate } from './wording.ts'

/** Kinds in the order in which they are offered. */
export const queueKinds: readonly EntryKind[] = [
  'document',
  'result',
  'result-group',
  'report',
  'note',
  'consultation',
  'problem',
  'medication',
  'issue',
  'allergy',
  'immunisation',
  'referral',
  'measurement',
  'observation',
  'procedure',
  'family-history',
  'request',
  'heading',
  'topic',
  'other',
]

/** What waits for a decision, the longest wait first, and what is due for review. */
export interface QueueModel {
  readonly rows: readonly QueueRow[]
  /** How many wait, counted up to `most`. */
  readonly count: number
  readonly most: number
  readonly due: readonly ReviewRow[]
  readonly filter: QueueFilter
  readonly page: number
  readonly hasMore: boolean
  readonly now: Date
}

export function QueuePage(model: QueueModel) {
  const title = 'Disclosure: entries to decide'
  const { filter } = model
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {model.count >= model.most
          ? `${model.most} or more entries`
          : model.count === 1
            ? '1 entry'
            : `${model.count} entries`}{' '}
        held. The patient sees none of them until somebody decides.
      </p>
      <Form action="/practice/disclosure" method="get" class="app-inline-form">
        <Select
          name="kind"
          classes="nhsuk-u-width-full"
          label="Kind"
          value={filter.kind}
          items={[
            { value: '', text: 'All kinds' },
            ...queueKinds.map((kind) => ({ value: kind, text: formatKind(kind) })),
          ]}
        />
        <Select
          name="rule"
          classes="nhsuk-u-width-full"
          label="Held because"
          value={filter.rule}
          items={[
            { value: '', text: 'Any reason' },
            { value: 'staff.held', text: 'Held again by a person.' },
            ...ruleset.holds
              .filter((rule) => rule.id !== 'source.marked')
              .map((rule) => ({ value: rule.id, text: rule.why })),
          ]}
        />
        <Button text="Show" variant="secondary" />
      </Form>
      {model.due.length > 0 && <Due due={model.due} />}
      {model.rows.length === 0 ? (
        <p>Nothing is waiting{filter.kind || filter.rule ? ' that fits' : ''}.</p>
      ) : (
        <Waiting {...model} />
      )}
      <Pages
        page={model.page}
        hasMore={model.hasMore}
        href={(page) => `/practice/disclosure?${filterQuery(filter)}page=${page}`}
      />
    </Layout>
  )
}

/** The filter as the start of a query, ready for more. */
export function filterQuery({ kind, rule }: QueueFilter): string {
  return [kind && `kind=${kind}&`, rule && `rule=${encodeURIComponent(rule)}&`]
    .filter(Boolean)
    .join('')
}

/** Whole days between two instants, in words. */
export function formatWait(since: Date, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / 86_400_000)
  if (days < 1) return 'Less than a day'
  return days === 1 ? '1 day' : `${days} days`
}

function Waiting({ rows, filter, now }: QueueModel) {
  return (
    <Table
      responsive
      classes="app-table--dense"
      caption={{ text: 'Held entries, longest wait first', classes: 'nhsuk-u-visually-hidden' }}
      head={[
        { text: 'Waiting' },
        { text: 'Patient' },
        { text: 'Kind' },
        { text: 'Entry' },
        { text: 'Dated' },
        { text: 'Why it is held' },
      ]}
      rows={rows.map((row) => [
        {
          html: (
            <span title={formatDayAndTime(row.decidedAt)}>{formatWait(row.decidedAt, now)}</span>
          ),
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
        { text: formatKind(row.kind) },
        {
          html: (
            <a
              href={`/practice/disclosure/${row.entryId}${filterQuery(filter) && `?${filterQuery(filter).slice(0, -1)}`}`}
            >
              {row.title}
              <span class="nhsuk-u-visually-hidden"> of {formatName(row)}</span>
            </a>
          ),
        },
        { text: row.clinicalAt ? formatKnownDate(row.clinicalAt, row.clinicalPrecision) : '' },
        { text: row.reasons.map((reason) => reason.why).join(' ') },
      ])}
    />
  )
}

function Due({ due }: { readonly due: readonly ReviewRow[] }) {
  return (
    <InsetText>
      <h2 class="nhsuk-heading-s">Withheld, and due for review</h2>
      <ul>
        {due.map((row) => (
          <li>
            <a href={`/practice/disclosure/${row.entryId}`}>
              {formatKind(row.kind)}: {row.title}
            </a>
            , {formatName(row)}. {groundNames[row.ground]}, review date {formatDate(row.reviewOn)}
          </li>
        ))}
      </ul>
    </InsetText>
  )
}
