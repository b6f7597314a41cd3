import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { formatKind, formatValue, formatWhen } from '../wording.ts'
import { hrefOf } from './entry-address.ts'
import { PlainText } from './plain-text.tsx'
import type { Seat } from './record-frame.tsx'

/** Entries of any kind in a list: name, kind, date and what was measured. */
export function EntryList({
  seat,
  entries,
}: {
  readonly seat: Seat
  readonly entries: readonly DisclosedEntry[]
}) {
  return (
    <ul class="nhsuk-list">
      {entries.map((entry) => (
        <li>
          <a href={hrefOf(entry, seat)}>{entry.title}</a>
          <span class="nhsuk-u-visually-hidden">, {formatWhen(entry)}</span>
          <br />
          {formatKind(entry.kind)}. {formatWhen(entry)}
          {formatValue(entry) && (
            <>
              {': '}
              <PlainText>{formatValue(entry) ?? ''}</PlainText>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
