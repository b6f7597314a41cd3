import type { ComponentChildren } from 'preact'
import { SummaryList } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { factsOf } from './entry-facts.tsx'
import { NothingToShow, RecordFrame, type Seat } from './record-frame.tsx'
import { hrefOf } from './entry-address.ts'
import { PlainText, ShortForms } from './plain-text.tsx'
import { formatKind, formatValue } from '../wording.ts'

/** An entry of a consultation with what stands under it. */
interface Branch {
  readonly entry: DisclosedEntry
  readonly under: readonly Branch[]
}

/** One consultation: when, with whom, and what was written under which heading. */
export function ConsultationPage(props: {
  readonly seat: Seat
  readonly entry: DisclosedEntry
  readonly within: readonly DisclosedEntry[]
}) {
  const { seat, entry, within } = props
  const branches = branchesOf(entry, within)
  return (
    <RecordFrame seat={seat} title={entry.title}>
      <SummaryList rows={factsOf(entry)} />
      {branches.length === 0 ? (
        <NothingToShow />
      ) : (
        <Branches seat={seat} branches={branches} level={2} />
      )}
      <ShortForms texts={[entry, ...within].flatMap((one) => [one.title, one.text])} />
      <p>
        <a href={`${seat.base}/consultations`}>See all consultations</a>
      </p>
    </RecordFrame>
  )
}

/** The tree of what is shown. A heading with nothing shown under it would tell of something, and goes. */
function branchesOf(
  consultation: DisclosedEntry,
  within: readonly DisclosedEntry[],
): readonly Branch[] {
  const keys = new Set(within.map((one) => one.sourceKey))
  const isTop = (one: DisclosedEntry) =>
    one.parentKey === undefined ||
    one.parentKey === consultation.sourceKey ||
    !keys.has(one.parentKey)
  const grow = (of: readonly DisclosedEntry[], depth: number): readonly Branch[] =>
    of
      .toSorted((a, b) => a.position - b.position || (a.entryId < b.entryId ? -1 : 1))
      .map((entry) => ({
        entry,
        under:
          depth > 6
            ? []
            : grow(
                within.filter((one) => one.parentKey === entry.sourceKey && one !== entry),
                depth + 1,
              ),
      }))
      .filter(
        ({ entry, under }) =>
          (entry.kind !== 'heading' && entry.kind !== 'topic') || under.length > 0 || entry.text,
      )
  return grow(within.filter(isTop), 0)
}

function Branches({
  seat,
  branches,
  level,
}: {
  readonly seat: Seat
  readonly branches: readonly Branch[]
  readonly level: number
}) {
  return (
    <>
      {branches.map(({ entry, under }) =>
        entry.kind === 'heading' || entry.kind === 'topic' ? (
          <section>
            <Titled level={level}>{entry.title}</Titled>
            {entry.text && (
              <p class="app-free-text">
                <PlainText>{entry.text}</PlainText>
              </p>
            )}
            <Branches seat={seat} branches={under} level={Math.min(level + 1, 4)} />
          </section>
        ) : (
          <>
            <Item entry={entry} seat={seat} />
            {under.length > 0 && <Branches seat={seat} branches={under} level={level} />}
          </>
        ),
      )}
    </>
  )
}

function Titled({
  level,
  children,
}: {
  readonly level: number
  readonly children: ComponentChildren
}) {
  if (level === 2) return <h2 class="nhsuk-heading-m">{children}</h2>
  return level === 3 ? (
    <h3 class="nhsuk-heading-s">{children}</h3>
  ) : (
    <h4 class="nhsuk-heading-xs">{children}</h4>
  )
}

const plain = new Set([
  'note',
  'observation',
  'procedure',
  'family-history',
  'request',
  'other',
  'measurement',
])

function Item({ entry, seat }: { readonly entry: DisclosedEntry; readonly seat: Seat }) {
  const value = formatValue(entry)
  return (
    <p class="app-free-text">
      {plain.has(entry.kind) ? (
        <strong>{entry.title}</strong>
      ) : (
        <>
          {formatKind(entry.kind)}: <a href={hrefOf(entry, seat)}>{entry.title}</a>
        </>
      )}
      {value && `: ${value}`}
      {entry.text && (
        <>
          {'\n'}
          <PlainText>{entry.text}</PlainText>
        </>
      )}
    </p>
  )
}
