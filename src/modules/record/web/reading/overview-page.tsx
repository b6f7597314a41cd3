import { Card } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { sections } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import { EntryList } from './entry-list.tsx'
import { isWithheld, opennessOf, RecordFrame, type Seat } from './record-frame.tsx'

/** What is new, then the parts of the record. A part that the person's access does not open says so. */
export function OverviewPage(props: {
  readonly seat: Seat
  readonly access: RecordAccess
  readonly news: readonly DisclosedEntry[]
}) {
  const { seat, access, news } = props
  return (
    <RecordFrame seat={seat} title="Health record" isOverview>
      {news.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Added in the last 30 days</h2>
          <EntryList seat={seat} entries={news} />
        </>
      )}
      <h2 class="nhsuk-heading-m">Parts of your health record</h2>
      <ul class="nhsuk-grid-row nhsuk-card-group">
        {sections.map(({ section, name, kinds, holds }) => (
          <li class="nhsuk-grid-column-one-half nhsuk-card-group__item">
            <Card
              clickable
              heading={{ text: name, level: 3, size: 's' }}
              href={`${seat.base}/${section}`}
              description={
                opennessOf(kinds, access) === 'none' || isWithheld(access, section)
                  ? 'Your online access does not include this part.'
                  : holds
              }
            />
          </li>
        ))}
      </ul>
      {seat.asSeenBy === undefined && <More />}
    </RecordFrame>
  )
}

/** What else can be done with the record. */
function More() {
  return (
    <>
      <h2 class="nhsuk-heading-m">More</h2>
      <ul>
        <li>
          <a href="/record/search">Search your health record</a>
        </li>
        <li>
          <a href="/record/download">Print or download</a>
        </li>
        <li>
          <a href="/record/older">Ask for older records</a>
        </li>
        <li>
          <a href="/record/choices">Choose how you are told, and what stays private</a>
        </li>
      </ul>
    </>
  )
}
