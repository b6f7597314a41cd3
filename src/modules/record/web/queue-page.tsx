import { formatDayAndTime } from '#kernel/time'
import { formatNhsNumber } from '#kernel/nhs-number'
import { Button, Form, Layout, Select, Table } from '#platform/html'
import { formatName } from '#modules/directory'
import { ruleset } from '../domain/ruleset.ts'
import type { EntryKind } from '../domain/entry.ts'
import { lanes, type Lane } from '../domain/deciding/categories.ts'
import type { QueueFilter, QueueRow } from '../queries/review.ts'
import type { WorkCounts } from '../queries/review/work.ts'
import { DisclosureNav } from './deciding/nav.tsx'
import { Pages } from './reading/record-frame.tsx'
import { laneNames } from './staff-wording.tsx'
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

/** One lane's queue: what waits for a decision, the longest wait first. */
export interface QueueModel {
  readonly rows: readonly QueueRow[]
  /** How many wait, counted up to `most`. */
  readonly count: number
  readonly most: number
  readonly filter: QueueFilter & { readonly lane: Lane }
  /** Lanes that the person works in. */
  readonly own: readonly Lane[]
  /** How many wait in each lane, counted up to `most`. */
  readonly perLane: Readonly<Record<Lane, number>>
  readonly counts: WorkCounts
  /** Rules of the lowest risk for which several wait. */
  readonly alike: readonly { readonly rule: string; readonly why: string; readonly count: number }[]
  readonly page: number
  readonly hasMore: boolean
  readonly now: Date
}

export function QueuePage(model: QueueModel) {
  const title = 'Disclosure: entries to decide'
  const { filter } = model
  return (
    <Layout title={title}>
      <DisclosureNav current="queue" counts={model.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Lanes {...model} />
      <p>
        {model.count >= model.most
          ? `${model.most} or more entries`
          : model.count === 1
            ? '1 entry'
            : `${model.count} entries`}{' '}
        held. The patient sees none of them until somebody decides.
      </p>
      {model.rows.length > 0 && (
        <Button
          text="Decide one after the other"
          href={`/practice/disclosure/${model.rows[0]?.entryId ?? ''}${queryOf(filter)}#decide`}
        />
      )}
      <Form action="/practice/disclosure" method="get" class="app-inline-form">
        <input type="hidden" name="lane" value={filter.lane} />
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
      {filter.lane === 'clerk' && <Alike {...model} />}
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
export function filterQuery({ lane, kind, rule }: QueueFilter): string {
  return [
    lane && `lane=${lane}&`,
    kind && `kind=${kind}&`,
    rule && `rule=${encodeURIComponent(rule)}&`,
  ]
    .filter(Boolean)
    .join('')
}

/** The filter as a whole query, "?" included; empty where there is none. */
export function queryOf(filter: QueueFilter): string {
  const query = filterQuery(filter).slice(0, -1)
  return query === '' ? '' : `?${query}`
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
            <a href={`/practice/disclosure/${row.entryId}${queryOf(filter)}`}>
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

function Lanes({ filter, own, perLane, most }: QueueModel) {
  return (
    <ul class="app-lanes">
      {lanes.map((lane) => {
        const words = `${laneNames[lane]} (${perLane[lane] >= most ? `${most} or more` : perLane[lane]})`
        return (
          <li>
            {lane === filter.lane ? (
              <strong aria-current="true">{words}</strong>
            ) : (
              <a href={`/practice/disclosure?lane=${lane}`}>{words}</a>
            )}
            {!own.includes(lane) && ', not yours'}
          </li>
        )
      })}
    </ul>
  )
}

function Alike({ alike }: QueueModel) {
  if (alike.length === 0) return null
  return (
    <section aria-labelledby="alike">
      <h2 class="nhsuk-heading-s" id="alike">
        Several held for the same harmless rule
      </h2>
      <ul>
        {alike.map(({ rule, why, count }) => (
          <li>
            <a href={`/practice/disclosure/alike?rule=${encodeURIComponent(rule)}`}>
              {why} ({count})
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
