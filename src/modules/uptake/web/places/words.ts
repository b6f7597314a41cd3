import { formatMonthCode, type Month } from '../../domain/months/month.ts'
import { england } from '../../domain/geography/geography.ts'
import type { RollUpLevel } from '../../domain/roll-up/roll-up.ts'
import type { Measure, Shown } from './measures.ts'

const whole = new Intl.NumberFormat('en-GB')
const tenth = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** 12,345. */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** 1.2 million, 340,000, 812: enough to say aloud. */
export function formatAbout(count: number): string {
  return count >= 1_000_000 ? `${tenth.format(count / 1_000_000)} million` : formatCount(count)
}

/** 54%, or 0.4% below 1. */
export function formatShare(share: number): string {
  const rounded = share > 0 && share < 1 ? tenth.format(share) : String(Math.round(share))
  return `${rounded}%`
}

/** "12,345 (54%)", "fewer than 5", "not shown", or "not told". */
export function formatShown(shown: Shown): string {
  if (shown.kind !== 'value') return reasons[shown.kind]
  const { value, share } = shown
  return share === undefined ? formatCount(value) : `${formatCount(value)} (${formatShare(share)})`
}

const reasons = { few: 'fewer than 5', withheld: 'not shown', 'not-told': 'not told' } as const

/** How a measure moved: "up 3 points", "down 12%", "no change"; '' where it cannot be said. */
export function formatChange(now: Shown, before: Shown): string {
  if (now.kind !== 'value' || before.kind !== 'value') return ''
  if (now.share !== undefined && before.share !== undefined) {
    const points = Math.round((now.share - before.share) * 10) / 10
    if (points === 0) return 'no change'
    const size = tenth.format(Math.abs(points))
    return `${points > 0 ? 'up' : 'down'} ${size} ${size === '1' ? 'point' : 'points'}`
  }
  if (before.value === 0) return now.value === 0 ? 'no change' : ''
  const percent = Math.round((now.value / before.value - 1) * 100)
  if (percent === 0) return 'no change'
  return `${percent > 0 ? 'up' : 'down'} ${formatCount(Math.abs(percent))}%`
}

/** Whether a target is met, and by how much it is missed; '' where there is none. */
export function formatTarget({ target }: Measure, shown: Shown): string {
  if (!target || shown.kind !== 'value' || shown.share === undefined) return ''
  const short = target.share - shown.share
  if (short <= 0) return `${target.share}%: met`
  return `${target.share}%: ${tenth.format(Math.ceil(short * 10) / 10)} points short`
}

/** What a level is called. */
export const levelNames: Readonly<Record<RollUpLevel, string>> = {
  england: 'England',
  region: 'Region',
  icb: 'Integrated care board',
  'sub-icb': 'Sub-ICB location',
  practice: 'GP practice',
}

/** What the places below a level are called, many of them. */
export const withinNames: Readonly<Record<RollUpLevel, string>> = {
  england: 'Regions',
  region: 'Integrated care boards',
  icb: 'Sub-ICB locations',
  'sub-icb': 'GP practices',
  practice: '',
}

/** The address of a place's page, for a month where it is not the latest. */
export function pathOf(level: RollUpLevel, code: string, month?: Month): string {
  const path =
    level === 'england' || code === england.code
      ? '/uptake'
      : `/uptake/${level}/${encodeURIComponent(code)}`
  return month === undefined ? path : `${path}?month=${formatMonthCode(month)}`
}

const kept = new Set(['NHS', 'ICB', 'GP', 'II', 'III'])
const small = new Set(['and', 'of', 'the', 'in', 'on', 'at', 'under', 'upon'])

/** A name that files write in capitals as people write it: "North East and Yorkshire". */
export function formatPlaceName(name: string): string {
  if (name !== name.toUpperCase()) return name
  return name
    .split(' ')
    .map((word, at) => {
      if (kept.has(word) || /\d/.test(word)) return word
      const low = word.toLowerCase()
      if (at > 0 && small.has(low)) return low
      return low.replace(
        /(^|[-(“"])([a-z])/g,
        (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`,
      )
    })
    .join(' ')
}
