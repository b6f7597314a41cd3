import type { TextScreening } from '#modules/record'
import type { ScreenCase } from './lines.ts'

/** Counts how often the rules and a person agree. */
export interface Score {
  readonly add: (one: ScreenCase, screening: TextScreening) => void
  readonly lines: () => readonly string[]
}

interface Tally {
  held: number
  all: number
}

/** Starts a count. Cases without a label are passed over. */
export function makeScore(): Score {
  const review: Tally = { held: 0, all: 0 }
  const release: Tally = { held: 0, all: 0 }
  const byCategory = new Map<string, Tally & { named: number }>()
  const misses: string[] = []
  const falseHolds: string[] = []

  return {
    add: ({ id, text, label, categories = [] }, screening) => {
      if (label === undefined) return
      const isHeld = screening.outcome === 'review'
      const tally = label === 'review' ? review : release
      tally.all++
      if (isHeld) tally.held++
      if (label === 'release') {
        if (isHeld) falseHolds.push(`  ${id} ${rulesOf(screening)}: ${oneLine(text)}`)
        return
      }
      if (!isHeld) misses.push(`  ${id} ${categories.join(', ')}: ${oneLine(text)}`)
      for (const category of categories) {
        const its = byCategory.get(category) ?? { held: 0, all: 0, named: 0 }
        byCategory.set(category, its)
        its.all++
        if (isHeld) its.held++
        if (screening.categories.some((found) => found === category)) its.named++
      }
    },
    lines: () => [
      `recall       ${share(review.held, review.all)}`,
      `specificity  ${share(release.all - release.held, release.all)}`,
      ...[...byCategory]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([category, { held, all, named }]) =>
            `  ${category.padEnd(26)} held ${share(held, all)}, so named ${share(named, all)}`,
        ),
      `missed: ${misses.length}`,
      ...misses,
      `held without need: ${falseHolds.length}`,
      ...falseHolds,
    ],
  }
}

function share(part: number, whole: number): string {
  return `${whole === 0 ? '-' : (part / whole).toFixed(3)} (${part} of ${whole})`
}

function rulesOf(screening: TextScreening): string {
  return [...new Set(screening.flags.map((flag) => flag.rule))].join(', ')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 160)
}
