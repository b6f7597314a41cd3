import { SummaryList, Table, TrendChart, type SummaryRow } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { detailOf } from '../../domain/details.ts'
import { aboutTest } from '../../domain/reading/plain-tests.ts'
import { PlainText, ShortForms } from './plain-text.tsx'
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
  /** The report it is part of, with what was said of all of it. */
  readonly report: DisclosedEntry | undefined
  /** What was tested together with it. */
  readonly together: readonly DisclosedEntry[]
}) {
  const { seat, entry, all, report, together } = props
  const about = aboutTest(entry.title)
  return (
    <RecordFrame seat={seat} title={entry.title}>
      {about !== undefined && <p>{about}</p>}
      <SummaryList rows={rowsOf(entry, report)} />
      <h2 class="nhsuk-heading-m">What happens next</h2>
      <p>
        {report?.text || entry.text
          ? 'What your surgery wrote about it is above. Do what it says, and ask if anything is unclear.'
          : 'Your surgery has seen this result. They contact you if something needs to be done.'}
      </p>
      <p>
        A result outside the usual range can be normal for you, and one within it can still matter.
        Phone your GP surgery to ask what it means for you, or if you feel worse. Use 111.nhs.uk
        when it is closed. In an emergency call 999.
      </p>
      {together.length > 0 && <Together seat={seat} together={together} />}
      {all.length > 1 && <Course entry={entry} all={all} seat={seat} />}
      <ShortForms
        texts={[entry, ...together, ...(report ? [report] : [])].flatMap((one) => [
          one.title,
          one.text,
        ])}
      />
      <p>
        <a href={`${seat.base}/results`}>See all tests</a>
      </p>
    </RecordFrame>
  )
}

function rowsOf(entry: DisclosedEntry, report: DisclosedEntry | undefined): readonly SummaryRow[] {
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
    ['Comment on all of these tests', report?.text],
  ]
  return facts
    .filter((fact): fact is readonly [string, string] => Boolean(fact[1]))
    .map(([key, value]) => ({
      key,
      value: {
        html: (
          <span class="app-free-text">
            <PlainText>{value}</PlainText>
          </span>
        ),
      },
    }))
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
