import { line } from 'd3-shape'
import {
  CHART,
  chartScales,
  labelledPoints,
  type TrendPoint,
  type TrendRange,
} from './chart-scales.ts'
import { classNames } from './components/options.ts'

/** What a chart of one test over time shows. */
export type TrendChartProps = {
  /** Unlike any other id on the page. */
  readonly id: string
  /** What is measured, in words: "Blood pressure, upper number". */
  readonly name: string
  /** As people say it; '' for none. */
  readonly unit: string
  /** In any order. Nothing is drawn for none. */
  readonly points: readonly TrendPoint[]
  readonly range?: TrendRange | undefined
}

const LABEL_ROOM = 150
const RADIUS = 5

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Europe/London',
})

const numberFormat = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 })

type Scales = ReturnType<typeof chartScales>

function withUnit(value: number, unit: string): string {
  const number = numberFormat.format(value)
  if (unit === '') return number
  return unit === '%' ? `${number}%` : `${number} ${unit}`
}

function rangeWords({ low, high }: TrendRange, unit: string): string | undefined {
  if (low !== undefined && high !== undefined) {
    return `usual range ${numberFormat.format(low)} to ${withUnit(high, unit)}`
  }
  if (low !== undefined) return `usually ${withUnit(low, unit)} or more`
  return high === undefined ? undefined : `usually ${withUnit(high, unit)} or less`
}

function isOutside(value: number, { low, high }: TrendRange): boolean {
  return (low !== undefined && value < low) || (high !== undefined && value > high)
}

function courseWords(points: readonly TrendPoint[], unit: string): string {
  const say = ({ at, value }: TrendPoint) => `${withUnit(value, unit)} on ${dayFormat.format(at)}`
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  if (points.length === 1) return `One result: ${say(first)}.`
  const values = points.map(({ value }) => value)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  return (
    `${points.length} results, from ${say(first)} to ${say(last)}. ` +
    `Lowest ${withUnit(lowest, unit)}, highest ${withUnit(highest, unit)}.`
  )
}

function outsideWords(points: readonly TrendPoint[], range: TrendRange): string {
  const outside = points.filter(({ value }) => isOutside(value, range)).length
  if (outside === 0) return 'No result is outside it.'
  return outside === 1 ? 'One result is outside it.' : `${outside} results are outside it.`
}

function described({ name, unit, points, range = {} }: TrendChartProps): string {
  const course = courseWords(points, unit)
  const usual = rangeWords(range, unit)
  return usual ? `${course} ${name}: ${usual}. ${outsideWords(points, range)}` : course
}

function Range({ range, y }: { readonly range: TrendRange; readonly y: Scales['y'] }) {
  if (range.low === undefined && range.high === undefined) return null
  const top = range.high === undefined ? CHART.top : y(range.high)
  const bottom = range.low === undefined ? CHART.height - CHART.bottom : y(range.low)
  return (
    <rect
      class="app-chart__range"
      x={CHART.left}
      y={top}
      width={CHART.width - CHART.left - CHART.right}
      height={Math.max(0, bottom - top)}
    />
  )
}

function ValueAxis({ y }: { readonly y: Scales['y'] }) {
  return (
    <g>
      {y.ticks(5).map((tick) => (
        <>
          <line
            class="app-chart__grid"
            x1={CHART.left}
            x2={CHART.width - CHART.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text class="app-chart__words app-chart__words--end" x={CHART.left - 10} y={y(tick) + 6}>
            {numberFormat.format(tick)}
          </text>
        </>
      ))}
    </g>
  )
}

function DayAxis(props: { readonly points: readonly TrendPoint[]; readonly x: Scales['x'] }) {
  const { points, x } = props
  const bottom = CHART.height - CHART.bottom
  const [least, most] = [CHART.left + 8, CHART.width - CHART.right - 56]
  return (
    <g>
      <line
        class="app-chart__axis"
        x1={CHART.left}
        x2={CHART.width - CHART.right}
        y1={bottom}
        y2={bottom}
      />
      {labelledPoints(points, x, LABEL_ROOM).map(({ at }) => (
        <>
          <line class="app-chart__axis" x1={x(at)} x2={x(at)} y1={bottom} y2={bottom + 6} />
          <text
            class="app-chart__words app-chart__words--middle"
            x={Math.min(most, Math.max(least, x(at)))}
            y={bottom + 32}
          >
            {dayFormat.format(at)}
          </text>
        </>
      ))}
    </g>
  )
}

/**
 * The course of one test as a picture that stands still, with its name, its course and its usual
 * range in words for those who do not see it. The values themselves are the page's to list.
 */
export function TrendChart(props: TrendChartProps) {
  const { id, name, unit, range = {} } = props
  const points = props.points.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  if (points.length === 0) return null
  const { x, y } = chartScales(points, range)
  const course = line<TrendPoint>(
    ({ at }) => x(at),
    ({ value }) => y(value),
  ).digits(1)(points)
  const usual = rangeWords(range, unit)
  return (
    <figure class="app-chart">
      <figcaption class="app-chart__caption">
        {unit === '' ? name : `${name} in ${unit}`}
        {usual !== undefined && `. Shaded: ${usual}.`}
      </figcaption>
      <svg
        class="app-chart__picture"
        viewBox={`0 0 ${CHART.width} ${CHART.height}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
      >
        <title id={`${id}-title`}>{`${name} over time`}</title>
        <desc id={`${id}-description`}>{described({ ...props, points })}</desc>
        <Range range={range} y={y} />
        <ValueAxis y={y} />
        <DayAxis points={points} x={x} />
        <text class="app-chart__words" x={8} y={26}>
          {unit}
        </text>
        {points.length > 1 && <path class="app-chart__line" d={course ?? ''} />}
        {points.map(({ at, value }) => (
          <circle
            class={classNames(
              'app-chart__point',
              isOutside(value, range) && 'app-chart__point--outside',
            )}
            cx={x(at).toFixed(1)}
            cy={y(value).toFixed(1)}
            r={RADIUS}
          />
        ))}
      </svg>
    </figure>
  )
}
