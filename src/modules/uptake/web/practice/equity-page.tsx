import { InsetText, Table } from '#platform/html'
import { formatDate } from '#kernel/time'
import type { Dimension, Gap } from '../../domain/equity/gap.ts'
import type { ShownBand } from '../../domain/equity/shown.ts'
import { formatMonth, type Month } from '../../domain/months/month.ts'
import type { StoredMonth } from '../../queries/figures/practice-months.ts'
import { formatCount, formatShare, pathOf } from '../places/words.ts'
import { ReportFrame } from './frame.tsx'
import { dimensionNames, formatBand, formatGap, formatShownCount } from './words.ts'

/** What the practice's own report of uptake shows. */
export interface EquityPageModel {
  readonly practice: string
  readonly month: Month
  readonly choices: readonly Month[]
  readonly now: StoredMonth
  readonly before: StoredMonth | undefined
  readonly gap: Gap | undefined
  readonly bands: ReadonlyMap<Dimension, readonly ShownBand[]>
  /** Later revisions of months, the latest first. */
  readonly corrections: readonly StoredMonth[]
}

const path = '/practice/uptake'

/** How the practice's list is served online, and who is left out. */
export function EquityPage(props: EquityPageModel) {
  const { practice, month, choices, gap, bands } = props
  return (
    <ReportFrame title="Uptake and equity" path={path} month={month} choices={choices}>
      <Own {...props} />
      <p>
        <a href={pathOf('practice', practice)}>How these compare, and month by month</a>
      </p>
      <h2 class="nhsuk-heading-m">Who is left out</h2>
      <InsetText
        text={
          gap
            ? formatGap(gap)
            : 'No group of 20 people or more is behind your whole list by a point or more.'
        }
      />
      {[...bands].map(([dimension, list]) => (
        <BandTable dimension={dimension} bands={list} />
      ))}
      <Missing bands={bands} />
      <Corrections {...props} />
    </ReportFrame>
  )
}

function Own({ now, before }: EquityPageModel) {
  const size = now.listSize ?? 0
  const rows: readonly (readonly [
    string,
    keyof StoredMonth &
      ('canUse' | 'active' | 'newEnabled' | 'booked' | 'cancelled' | 'prescUse' | 'recordUse'),
    boolean,
  ])[] = [
    ['Can use online services', 'canUse', true],
    ['Used them in the month', 'active', true],
    ['Could for the first time', 'newEnabled', false],
    ['Appointments booked online', 'booked', false],
    ['Appointments cancelled online', 'cancelled', false],
    ['Prescription requests', 'prescUse', false],
    ['Views of the detailed record', 'recordUse', false],
  ]
  const say = (
    month: StoredMonth | undefined,
    name: (typeof rows)[number][1],
    isShare: boolean,
  ) => {
    const value = month?.[name]
    if (value === undefined) return 'not counted'
    const share =
      isShare && month?.listSize ? ` (${formatShare((value / month.listSize) * 100)})` : ''
    return `${formatCount(value)}${share}`
  }
  return (
    <Table
      caption={`${formatCount(size)} people registered`}
      firstCellIsHeader
      responsive
      head={['What', 'This month', 'A year before'].map((text) => ({ text }))}
      rows={rows.map(([label, name, isShare]) => [
        { header: 'What', text: label },
        { header: 'This month', text: say(now, name, isShare) },
        { header: 'A year before', text: say(before, name, isShare) },
      ])}
    />
  )
}

function BandTable(props: { readonly dimension: Dimension; readonly bands: readonly ShownBand[] }) {
  const { dimension, bands } = props
  const head = ['Group', 'Registered', 'Can use', 'Of 100', 'Used in the month']
  return (
    <Table
      caption={{ text: dimensionNames[dimension], size: 's' }}
      firstCellIsHeader
      responsive
      head={head.map((text) => ({ text }))}
      rows={bands.map(({ band, listed, canUse, active }) => [
        { header: 'Group', text: formatBand(dimension, band) },
        { header: 'Registered', text: formatShownCount(listed) },
        { header: 'Can use', text: formatShownCount(canUse) },
        {
          header: 'Of 100',
          text:
            typeof listed === 'number' && typeof canUse === 'number' && listed > 0
              ? String(Math.round((canUse / listed) * 100))
              : '–',
        },
        { header: 'Used in the month', text: formatShownCount(active) },
      ])}
    />
  )
}

/** What the practice could record or supply, so that more of it would be known. */
function Missing({ bands }: Pick<EquityPageModel, 'bands'>) {
  const isUnknown = (dimension: Dimension) =>
    (bands.get(dimension) ?? []).every(({ band }) => band === 'not-known')
  if (isUnknown('deprivation')) {
    return (
      <p>
        Deprivation is not known: it comes from a list of postcodes with their decile that your
        practice supplies. Ask whoever runs this service to load it.
      </p>
    )
  }
  return null
}

function Corrections({ corrections }: EquityPageModel) {
  if (corrections.length === 0) return <p>No month was corrected after it was closed.</p>
  return (
    <Table
      caption="Months that were corrected"
      responsive
      head={['Month', 'Corrected on', 'Used', 'Can use'].map((text) => ({ text }))}
      rows={corrections.map((row) => [
        { header: 'Month', text: formatMonth(row.month) },
        { header: 'Corrected on', text: formatDate(row.madeAt) },
        { header: 'Used', text: row.active === undefined ? '–' : formatCount(row.active) },
        { header: 'Can use', text: row.canUse === undefined ? '–' : formatCount(row.canUse) },
      ])}
    />
  )
}
