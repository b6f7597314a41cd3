import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { formatMonth, shortMonthName, type Month } from '../../domain/months/month.ts'
import type { Target } from './measures.ts'
import { formatCount } from './words.ts'

/** One line of a picture: a point a month, absent where nothing is shown. */
export interface ChartLine {
  readonly label: string
  readonly values: readonly (number | undefined)[]
}

const width = 480
const plotHeight = 230
const left = 76
const right = 20
const bottom = 44
const rowHeight = 32

/**
 * Months as a picture that stands still: lines told apart by how they are drawn, a target as a line
 * of its own. What it shows is in the table beside it, and in words for those who do not see it.
 */
export function MonthChart(props: {
  readonly id: string
  readonly title: string
  readonly months: readonly Month[]
  readonly lines: readonly ChartLine[]
  readonly isShare: boolean
  readonly target?: Target | undefined
}) {
  const { id, title, months, lines, isShare, target } = props
  const keyRows = lines.length > 1 || target ? lines.length + (target ? 1 : 0) : 0
  const top = 20 + keyRows * rowHeight
  const height = top + plotHeight + bottom
  const most = Math.max(1, target?.share ?? 0, ...lines.flatMap(({ values }) => told(values)))
  const y = scaleLinear()
    .domain([0, isShare ? Math.max(10, most) : most])
    .nice(4)
    .range([height - bottom, top])
  const x = scalePoint<Month>()
    .domain(months)
    .range([left + 8, width - right - 8])
  const at = (month: Month) => x(month) ?? 0
  return (
    <svg
      class="app-chart__picture"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
    >
      <title id={`${id}-title`}>{`${title}, month by month`}</title>
      <desc id={`${id}-description`}>{described(props)}</desc>
      {y.ticks(4).map((tick) => (
        <>
          <line class="app-chart__grid" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
          <text class="app-chart__words app-chart__words--end" x={left - 8} y={y(tick) + 6}>
            {axisWords(tick, isShare)}
          </text>
        </>
      ))}
      {months
        .filter((_, place) => (months.length - 1 - place) % 12 === 0)
        .map((month, place, all) => (
          <text
            class={`app-chart__words app-chart__words--${place === all.length - 1 ? 'end' : 'middle'}`}
            x={place === all.length - 1 ? width - right : Math.max(left + 24, at(month))}
            y={height - 12}
          >
            {`${shortMonthName(month)} ${month.slice(0, 4)}`}
          </text>
        ))}
      {target && (
        <line
          class="app-chart__target"
          x1={left}
          x2={width - right}
          y1={y(target.share)}
          y2={y(target.share)}
        />
      )}
      {lines.map(({ values }, index) => (
        <Course values={values} months={months} index={index} x={at} y={y} />
      ))}
      {keyRows > 0 && <Key lines={lines} target={target} />}
    </svg>
  )
}

const told = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined)

function Course(props: {
  readonly values: readonly (number | undefined)[]
  readonly months: readonly Month[]
  readonly index: number
  readonly x: (month: Month) => number
  readonly y: (value: number) => number
}) {
  const { values, months, index, x, y } = props
  const points = months.map((month, place) => ({ month, value: values[place] }))
  const course = line<(typeof points)[number]>(
    ({ month }) => x(month),
    ({ value }) => y(value ?? 0),
  )
    .defined(({ value }) => value !== undefined)
    .digits(1)(points)
  const last = points.findLast(({ value }) => value !== undefined)
  return (
    <>
      <path class={`app-chart__line app-chart__line--${index + 1}`} d={course ?? ''} />
      {last?.value !== undefined && (
        <circle class="app-chart__point" cx={x(last.month)} cy={y(last.value)} r={5} />
      )}
    </>
  )
}

function Key(props: {
  readonly lines: readonly ChartLine[]
  readonly target?: Target | undefined
}) {
  const rows = [
    ...props.lines.map(({ label }, index) => ({
      label,
      drawn: `app-chart__line app-chart__line--${index + 1}`,
    })),
    ...(props.target ? [{ label: props.target.words, drawn: 'app-chart__target' }] : []),
  ]
  return (
    <g>
      {rows.map(({ label, drawn }, row) => (
        <>
          <line class={drawn} x1={10} x2={50} y1={24 + row * rowHeight} y2={24 + row * rowHeight} />
          <text class="app-chart__words" x={60} y={31 + row * rowHeight}>
            {label}
          </text>
        </>
      ))}
    </g>
  )
}

function axisWords(tick: number, isShare: boolean): string {
  if (isShare) return `${tick}%`
  if (tick >= 1_000_000) return `${tick / 1_000_000}m`
  return tick >= 1000 ? `${tick / 1000}k` : formatCount(tick)
}

function described(props: {
  readonly months: readonly Month[]
  readonly lines: readonly ChartLine[]
  readonly isShare: boolean
}): string {
  const { months, lines, isShare } = props
  const say = (value: number) => (isShare ? `${Math.round(value)}%` : formatCount(value))
  return lines
    .map(({ label, values }) => {
      const points = months.flatMap((month, place) => {
        const value = values[place]
        return value === undefined ? [] : [{ month, value }]
      })
      const [first, last] = [points[0], points.at(-1)]
      if (!first || !last) return `${label}: nothing to show.`
      return `${label}: ${say(first.value)} in ${formatMonth(first.month)}, ${say(last.value)} in ${formatMonth(last.month)}.`
    })
    .join(' ')
}
