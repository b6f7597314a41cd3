import { Table } from '#platform/html'
import type { ShownMonth } from '../../queries/figures/public-months.ts'
import { shownOf, type Measure } from './measures.ts'
import { formatCount, formatPlaceName, formatShown, pathOf, withinNames } from './words.ts'

const columns: readonly Measure[] = [
  { name: 'canUse', label: 'Can use', of: 'listSize' },
  { name: 'active', label: 'Used', of: 'toldSize' },
  { name: 'booked', label: 'Booked' },
  { name: 'prescUse', label: 'Prescription requests' },
  { name: 'recordUse', label: 'Record views' },
]

/** The places within one, side by side, each leading to its own page. */
export function PlacesTable(props: {
  readonly within: readonly ShownMonth[]
  readonly now: ShownMonth
  readonly isLatest: boolean
}) {
  const { within, now, isLatest } = props
  const shown = columns.filter((measure) =>
    within.some((place) => shownOf(measure, place).kind !== 'not-told'),
  )
  return (
    <Table
      caption={`${withinNames[now.level]}: ${formatCount(within.length)}`}
      firstCellIsHeader
      responsive
      head={['Name', 'Registered', ...shown.map(({ label }) => label)].map((text) => ({ text }))}
      rows={within.map((place) => [
        {
          header: 'Name',
          html: (
            <a href={pathOf(place.level, place.code, isLatest ? undefined : place.month)}>
              {formatPlaceName(place.name)}
              {place.level === 'practice' && ` (${place.code})`}
            </a>
          ),
        },
        {
          header: 'Registered',
          text: place.listSize === undefined ? 'not told' : formatCount(place.listSize),
        },
        ...shown.map((measure) => ({
          header: measure.label,
          text: formatShown(shownOf(measure, place)),
        })),
      ])}
    />
  )
}
