import { scaleLinear, scaleTime } from 'd3-scale'

/** One measured value. */
export type TrendPoint = { readonly at: Date; readonly value: number }

/** The range a laboratory gives as usual, in the unit of the values; one end may be open. */
export type TrendRange = {
  readonly low?: number | undefined
  readonly high?: number | undefined
}

/** The size of the drawing, and of the room for words around its plot, in its own units. */
export const CHART = { width: 480, height: 300, left: 64, right: 16, top: 60, bottom: 44 } as const

function span(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.1
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}

const DAY_MS = 86_400_000

function days(points: readonly TrendPoint[]): readonly [Date, Date] {
  const times = points.map(({ at }) => at.getTime())
  const first = Math.min(...times)
  const last = Math.max(...times)
  const room = first === last ? 15 * DAY_MS : (last - first) * 0.04
  return [new Date(first - room), new Date(last + room)]
}

/** Where values and days lie in the drawing. The range is always in view. */
export function chartScales(points: readonly TrendPoint[], range: TrendRange) {
  const ends = [range.low, range.high].filter((end) => end !== undefined)
  const y = scaleLinear()
    .domain(span([...points.map(({ value }) => value), ...ends]))
    .nice(5)
    .range([CHART.height - CHART.bottom, CHART.top])
  const x = scaleTime()
    .domain(days(points))
    .range([CHART.left, CHART.width - CHART.right])
  return { x, y }
}

/** At most `count` of the points, evenly spread, with the first and the last among them. */
export function labelledPoints(
  points: readonly TrendPoint[],
  x: (at: Date) => number,
  room: number,
): readonly TrendPoint[] {
  const chosen: TrendPoint[] = []
  const last = points.at(-1)
  for (const point of points) {
    const before = chosen.at(-1)
    const clear = !before || x(point.at) - x(before.at) >= room
    const clearOfLast = !last || point === last || x(last.at) - x(point.at) >= room
    if (clear && clearOfLast) chosen.push(point)
  }
  return chosen
}
