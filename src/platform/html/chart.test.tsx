import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { serialize, TrendChart, type TrendChartProps } from './index.ts'

const day = (text: string) => new Date(`${text}T12:00:00Z`)

const points = [
  { at: day('2025-03-02'), value: 61 },
  { at: day('2023-03-01'), value: 42 },
  { at: day('2024-03-01'), value: 47.5 },
]

function chart(given: Partial<TrendChartProps> = {}): Element | null {
  const html = serialize(
    <TrendChart id="hba1c" name="HbA1c" unit="mmol/mol" points={points} {...given} />,
  )
  return parseHTML(`<html><body>${html}</body></html>`).document.querySelector('figure')
}

const texts = (of: Element | null, selector: string) =>
  [...(of?.querySelectorAll(selector) ?? [])].map((one) => one.textContent ?? '')

const numbers = (of: Element | null, selector: string, attribute: string) =>
  [...(of?.querySelectorAll(selector) ?? [])].map((one) => Number(one.getAttribute(attribute)))

describe('TrendChart', () => {
  test('tells those who do not see it its name, its course and what lies outside the range', () => {
    const drawn = chart({ range: { low: 20, high: 48 } })
    expect(drawn?.querySelector('svg')?.getAttribute('role')).toBe('img')
    expect(drawn?.querySelector('svg')?.getAttribute('aria-labelledby')).toBe(
      'hba1c-title hba1c-description',
    )
    expect(texts(drawn, 'title')).toEqual(['HbA1c over time'])
    expect(texts(drawn, 'desc')).toEqual([
      '3 results, from 42 mmol/mol on 1 Mar 2023 to 61 mmol/mol on 2 Mar 2025. ' +
        'Lowest 42 mmol/mol, highest 61 mmol/mol. ' +
        'HbA1c: usual range 20 to 48 mmol/mol. One result is outside it.',
    ])
  })

  test('draws from the oldest to the newest, higher values higher up', () => {
    const across = numbers(chart(), 'circle', 'cx')
    expect(across).toEqual(across.toSorted((one, other) => one - other))
    const [oldest = 0, middle = 0, newest = 0] = numbers(chart(), 'circle', 'cy')
    expect(newest).toBeLessThan(middle)
    expect(middle).toBeLessThan(oldest)
  })

  test('keeps every point, every word and the range within the drawing', () => {
    for (const range of [{}, { low: 0.5 }, { high: 400 }, { low: -20, high: 900 }]) {
      const drawn = chart({ range })
      const across = [...numbers(drawn, 'circle', 'cx'), ...numbers(drawn, 'text', 'x')]
      const down = [...numbers(drawn, 'circle', 'cy'), ...numbers(drawn, 'rect', 'y')]
      for (const x of across) expect(x >= 0 && x <= 480, `${x}`).toBe(true)
      for (const y of down) expect(y >= 0 && y <= 300, `${y}`).toBe(true)
      for (const height of numbers(drawn, 'rect', 'height')) expect(height).toBeGreaterThan(0)
    }
  })

  test('marks the usual range only where there is one, in words too', () => {
    expect(chart()?.querySelector('.app-chart__range')).toBeNull()
    expect(texts(chart(), 'figcaption')).toEqual(['HbA1c in mmol/mol'])
    expect(texts(chart({ range: { high: 48 } }), 'figcaption')).toEqual([
      'HbA1c in mmol/mol. Shaded: usually 48 mmol/mol or less.',
    ])
    expect(chart({ range: { high: 48 } })?.querySelectorAll('.app-chart__range')).toHaveLength(1)
  })

  test('draws one value, equal values and values at one moment without a broken number', () => {
    const one = points.slice(0, 1)
    const equal = points.map(({ at }) => ({ at, value: 5 }))
    const zero = points.map(({ at }) => ({ at, value: 0 }))
    const same = points.map(({ value }) => ({ at: day('2024-02-29'), value }))
    for (const given of [one, equal, zero, same]) {
      const drawn = chart({ points: given })
      expect(drawn?.querySelectorAll('circle')).toHaveLength(given.length)
      expect(drawn?.outerHTML).not.toMatch(/NaN|Infinity|undefined/)
    }
    expect(texts(chart({ points: one }), 'desc')).toEqual([
      'One result: 61 mmol/mol on 2 Mar 2025.',
    ])
  })

  test('is not there without a value', () => {
    expect(chart({ points: [] })).toBeNull()
  })

  test('names days along it without two names on each other, however many there are', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      at: new Date(day('2020-01-01').getTime() + index * 86_400_000 * 7),
      value: index,
    }))
    const drawn = chart({ points: many })
    const places = numbers(drawn, '.app-chart__words--middle', 'x')
    const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0))
    expect(places.length).toBeGreaterThan(1)
    for (const gap of gaps) expect(gap).toBeGreaterThan(90)
  })

  test('names days as they are in England, not in Greenwich', () => {
    const late = [{ at: new Date('2025-06-30T23:30:00Z'), value: 1 }]
    expect(texts(chart({ points: late }), '.app-chart__words--middle')).toEqual(['1 Jul 2025'])
  })

  test('has no style of its own: only classes, so that no policy must be opened for it', () => {
    expect(chart({ range: { high: 48 } })?.outerHTML).not.toMatch(/style=|<style|fill=|stroke=/)
  })
})
