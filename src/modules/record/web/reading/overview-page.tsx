import { Card } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { sectionOf, sections } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import { opennessOf, RecordFrame, type Seat } from './record-frame.tsx'
import { formatKind, formatWhen } from '../wording.ts'

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
          <ul class="nhsuk-list">
            {news.map((entry) => (
              <li>
                <a href={hrefOf(entry, seat)}>{entry.title}</a>
                <br />
                {formatKind(entry.kind)}. {formatWhen(entry)}
              </li>
            ))}
          </ul>
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
                opennessOf(kinds, access) === 'none'
                  ? 'Your online access does not include this part.'
                  : holds
              }
            />
          </li>
        ))}
      </ul>
    </RecordFrame>
  )
}

/** Where an entry is read: on a page of its own, or in the list of its part. */
export function hrefOf(entry: DisclosedEntry, seat: Seat): string {
  const section = sectionOf(entry.kind)
  const hasPage =
    section === 'results' || entry.kind === 'consultation' || entry.kind === 'document'
  return hasPage ? `${seat.base}/${section}/${entry.entryId}` : `${seat.base}/${section}`
}
