import { SummaryList } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { sectionOf, sections } from '../../domain/sections.ts'
import { factsOf } from './entry-facts.tsx'
import { EntryList } from './entry-list.tsx'
import { ShortForms } from './plain-text.tsx'
import { Pages, RecordFrame, type Seat } from './record-frame.tsx'

/** One condition, with what the record files under it. */
export function ConditionPage(props: {
  readonly seat: Seat
  readonly entry: DisclosedEntry
  readonly under: readonly DisclosedEntry[]
  readonly page: number
  readonly hasMore: boolean
}) {
  const { seat, entry, under } = props
  const bySection = Map.groupBy(under, (one) => sectionOf(one.kind))
  return (
    <RecordFrame seat={seat} title={entry.title}>
      <SummaryList rows={factsOf(entry)} />
      {under.length === 0 && <p>There is nothing to show that is filed under this condition.</p>}
      {sections.map(({ section, name }) => {
        const members = bySection.get(section)
        return (
          members && (
            <section>
              <h2 class="nhsuk-heading-m">{name}</h2>
              <EntryList seat={seat} entries={members} />
            </section>
          )
        )
      })}
      <Pages
        page={props.page}
        hasMore={props.hasMore}
        href={(page) => `${seat.base}/problems/${entry.entryId}?page=${page}`}
      />
      <ShortForms texts={[entry, ...under].flatMap((one) => [one.title, one.text])} />
      <p>
        <a href={`${seat.base}/problems`}>See all conditions</a>
      </p>
    </RecordFrame>
  )
}
