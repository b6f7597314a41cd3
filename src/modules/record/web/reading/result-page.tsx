import { SummaryList, Table, TrendChart, type SummaryRow } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { detailOf } from '../../domain/details.ts'
import { RecordFrame, type Seat } from './record-frame.tsx'
import {
  formatPlace,
  formatRange,
  formatUnit,
  formatValue,
  formatWhen,
  formatWhenExactly,
} from '../wording.ts'

/** One test: its chosen result with range and comment, its course as a picture and as a table. */
export function ResultPage(props: {
  readonly seat: Seat
  readonly entry: DisclosedEntry
  /** Every result of the same test, newest first. */
  readonly all: readonly DisclosedEntry[]
  /** What was tested together with it. */
  readonly together: readonly DisclosedEntry[]
}) {
  const { seat, entry, all, together } = props
  return (
    <RecordFrame seat={seat} title={entry.title}>
      <SummaryList rows={rowsOf(entry)} />
      <p>
        A result outside the usual range can be normal for you, and one within it can still matter.
        Ask your GP surgery what your result means for you.
      </p>
      {together.length > 0 && <Together seat={seat} together={together} />}
      {all.length > 1 && <Course entry={entry} all={all} seat={seat} />}
      <p>
        <a href={`${seat.base}/results`}>See all tests</a>
      </p>
    </RecordFrame>
  )
}

function rowsOf(entry: DisclosedEntry): readonly SummaryRow[] {
  const { status, specimen } = detailOf('result', entry)
  const place = formatPlace(entry)
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Date', formatWhenExactly(entry)],
    ['Result', formatValue(entry) ?? 'No value to show for this result'],
    ['Usual range', [formatRange(entry), place].filter(Boolean).join('. ')],
    [
      'State',
      status?.toLowerCase() === 'preliminary' ? 'Preliminary: it may still change' : undefined,
    ],
    ['Sample', specimen],
    ['Comment', entry.text],
  ]
  return facts
    .filter((fact): fact is readonly [string, string] => Boolean(fact[1]))
    .map(([key, value]) => ({ key, value: { html: <span class="app-free-text">{value}</span> } }))
}

function Together({
  seat,
  together,
}: {
  readonly seat: Seat
  readonly together: readonly DisclosedEntry[]
}) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Tested together</h2>
      <ul>
        {together.map((other) => (
          <li>
            <a href={`${seat.base}/results/${other.entryId}`}>{other.title}</a>
            {formatValue(other) && `: ${formatValue(other)}`}
          </li>
        ))}
      </ul>
    </>
  )
}

function Course({
  entry,
  all,
  seat,
}: {
  readonly entry: DisclosedEntry
  readonly all: readonly DisclosedEntry[]
  readonly seat: Seat
}) {
  // Only figures in the latest unit can stand on one scale.
  const points = all.flatMap(({ clinicalAt: at, valueNumber: value, unit }) =>
    at && value !== undefined && unit === entry.unit ? [{ at, value }] : [],
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">Results over time</h2>
      {points.length > 1 && (
        <TrendChart
          id="trend"
          name={entry.title}
          unit={formatUnit(entry.unit)}
          points={points}
          range={{
            ...(entry.rangeLow === undefined ? {} : { low: entry.rangeLow }),
            ...(entry.rangeHigh === undefined ? {} : { high: entry.rangeHigh }),
          }}
        />
      )}
      <Table
        responsive
        caption={{ text: `${entry.title}: results over time`, classes: 'nhsuk-u-visually-hidden' }}
        head={[{ text: 'Date' }, { text: 'Result' }, { text: 'Usual range' }]}
        rows={all.map((one) => [
          {
            html:
              one.entryId === entry.entryId ? (
                <>{formatWhen(one)} (above)</>
              ) : (
                <a href={`${seat.base}/results/${one.entryId}`}>{formatWhen(one)}</a>
              ),
          },
          { text: formatValue(one) ?? 'No value to show' },
          { text: [formatRange(one), formatPlace(one)].filter(Boolean).join('. ') },
        ])}
      />
    </>
  )
}
