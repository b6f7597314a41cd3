import { Breadcrumb, Button, Details, Form, InsetText, Layout, Select, Table } from '#platform/html'
import { formatMonth, formatMonthCode, type Month } from '../../domain/months/month.ts'
import type { PlaceAbove, ShownMonth } from '../../queries/figures/public-months.ts'
import { glance, isTold, pictures, shownOf, type Measure, type Picture } from './measures.ts'
import { MonthChart } from './month-chart.tsx'
import { PlacesTable } from './places-table.tsx'
import {
  formatAbout,
  formatChange,
  formatPlaceName,
  formatShare,
  formatShown,
  formatTarget,
  levelNames,
  pathOf,
} from './words.ts'

/** What a page of figures shows of one place. */
export interface PlacePageModel {
  /** The place's months, the one looked at last. Never empty. */
  readonly months: readonly ShownMonth[]
  readonly now: ShownMonth
  /** The same month a year before, where the place was there. */
  readonly before: ShownMonth | undefined
  readonly above: readonly PlaceAbove[]
  readonly within: readonly ShownMonth[]
  /** Every month there is, the latest first. */
  readonly choices: readonly Month[]
}

/** Figures of a place: where it stands in one table, how it came to it in pictures, what is in it. */
export function PlacePage(props: PlacePageModel) {
  const { now, above, within, choices } = props
  const name = formatPlaceName(now.name)
  const title = now.level === 'england' ? 'Online services in England' : `Online services: ${name}`
  const latest = choices[0]
  return (
    <Layout title={title} before={above.length > 0 && <Way above={above} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p class="nhsuk-caption-m">
        {levelNames[now.level]}
        {now.supplier !== '' && `, ${now.supplier}`}, {formatMonth(now.month)}
      </p>
      <Lead {...props} />
      <Glance {...props} />
      <Form action={pathOf(now.level, now.code)} method="get">
        <Select
          id="month"
          name="month"
          label={{ text: 'Another month' }}
          items={choices.map((month) => ({
            value: formatMonthCode(month),
            text: formatMonth(month),
            selected: month === now.month,
          }))}
        />
        <Button text="Show" variant="secondary" />
      </Form>
      <p>
        <a href={`/uptake/find`}>Find a practice</a>
        <br />
        <a href={`${pathOf(now.level, now.code)}/figures.csv?month=${formatMonthCode(now.month)}`}>
          All these figures as a file (CSV)
        </a>
        <br />
        <a href="/uptake/about">What the figures mean</a>
      </p>
      {within.length > 0 && (
        <PlacesTable within={within} now={now} isLatest={now.month === latest} />
      )}
      <h2 class="nhsuk-heading-m">Month by month</h2>
      {pictures.map((picture) => (
        <PictureOf picture={picture} months={props.months} />
      ))}
    </Layout>
  )
}

function Way({ above }: { readonly above: readonly PlaceAbove[] }) {
  return (
    <Breadcrumb
      items={above.toReversed().map(({ level, code, name }) => ({
        text: formatPlaceName(name),
        href: pathOf(level, code),
      }))}
    />
  )
}

/** The answer to "where do we stand?", in one sentence. */
function Lead({ now, before }: PlacePageModel) {
  const [able] = glance
  if (!able) return null
  const shown = shownOf(able, now)
  if (shown.kind !== 'value' || shown.share === undefined) {
    return (
      <InsetText text="How many people can use online services is not shown for this month. The table says why." />
    )
  }
  const change = formatChange(shown, shownOf(able, before))
  const target = able.target && shown.share < able.target.share
  return (
    <p class="nhsuk-lede-text">
      <strong>{formatShare(shown.share)}</strong> of the people registered (
      {formatAbout(shown.value)} of {formatAbout(now.listSize ?? 0)}) can use online services
      {change !== '' && `, ${change} on a year before`}
      {able.target &&
        `. ${target ? 'The target of' : 'That meets the target of'} ${able.target.share}%${target ? ' is not met' : ''}`}
      .
    </p>
  )
}

function Glance({ now, before, months }: PlacePageModel) {
  const year = before ? formatMonth(before.month) : 'A year before'
  const rows = glance.filter((measure) => isTold(measure, months))
  const head = ['', formatMonth(now.month), year, 'Change', 'Target']
  return (
    <Table
      caption="At a glance"
      firstCellIsHeader
      responsive
      head={head.map((text) => (text === '' ? { text: 'What' } : { text }))}
      rows={rows.map((measure) => {
        const shown = shownOf(measure, now)
        const then = shownOf(measure, before)
        return [
          { header: 'What', text: measure.label },
          { header: head[1] ?? '', text: formatShown(shown) },
          { header: year, text: before ? formatShown(then) : 'not told' },
          { header: 'Change', text: formatChange(shown, then) || '–' },
          { header: 'Target', text: formatTarget(measure, shown) || '–' },
        ]
      })}
    />
  )
}

function PictureOf(props: { readonly picture: Picture; readonly months: readonly ShownMonth[] }) {
  const { picture, months } = props
  const lines = picture.lines.filter((measure) => isTold(measure, months))
  if (lines.length === 0) return null
  const isShare = lines.every(({ of }) => of !== undefined)
  return (
    <section aria-labelledby={`${picture.id}-heading`}>
      <h3 class="nhsuk-heading-s" id={`${picture.id}-heading`}>
        {picture.title}
      </h3>
      <p>{picture.meaning}</p>
      <figure class="app-chart">
        <MonthChart
          id={picture.id}
          title={picture.title}
          months={months.map(({ month }) => month)}
          lines={lines.map((measure) => ({
            label: measure.label,
            values: months.map((month) => drawn(measure, month, isShare)),
          }))}
          isShare={isShare}
          target={lines[0]?.target}
        />
      </figure>
      <Details summary={`Figures: ${picture.title}`}>
        <Table
          caption={{ text: picture.title, size: 's' }}
          firstCellIsHeader
          head={['Month', ...lines.map(({ label }) => label)].map((text) => ({ text }))}
          rows={months
            .toReversed()
            .map((month) => [
              { text: formatMonth(month.month) },
              ...lines.map((measure) => ({ text: formatShown(shownOf(measure, month)) })),
            ])}
        />
      </Details>
    </section>
  )
}

function drawn(measure: Measure, month: ShownMonth, isShare: boolean): number | undefined {
  const shown = shownOf(measure, month)
  if (shown.kind !== 'value') return undefined
  return isShare ? shown.share : shown.value
}
