import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { UnderProblem } from '../../queries/entries.ts'
import { EntryList } from './entry-list.tsx'
import type { Seat } from './record-frame.tsx'

/** Entries under the condition that the record files them under; what is under none comes last. */
export function ByCondition({
  seat,
  under,
}: {
  readonly seat: Seat
  readonly under: readonly UnderProblem[]
}) {
  const groups = Map.groupBy(under, ({ problem }) => problem?.entryId)
  return (
    <>
      {[...groups].map(([entryId, members]) => (
        <Group seat={seat} entryId={entryId} members={members} />
      ))}
    </>
  )
}

function Group(props: {
  readonly seat: Seat
  readonly entryId: DisclosedEntry['entryId'] | undefined
  readonly members: readonly UnderProblem[]
}) {
  const { seat, entryId, members } = props
  const title = members[0]?.problem?.title
  return (
    <section>
      <h2 class="nhsuk-heading-m">
        {entryId === undefined ? (
          'Not filed under a condition'
        ) : (
          <a href={`${seat.base}/problems/${entryId}`}>{title}</a>
        )}
      </h2>
      <EntryList seat={seat} entries={members.map(({ entry }) => entry)} />
    </section>
  )
}
