import { screenText, type ScreenContext } from '#modules/record'
import { percentile, rounded } from './figures.ts'

/**
 * Ordinary entries of the kinds and lengths that a record has, none of which needs a person where
 * it is known whose they are: a smear is held of a patient whose sex is not known.
 */
const ordinary: readonly string[] = [
  'Sore throat 3/7, no fever. Tonsils red, no pus. Fluids, paracetamol, back if worse.',
  'HTN rv. Home BPs good, avg 132/78. Ankles ok. U+E stable. Continue ramipril 5mg od.',
  'Low back pain 2/52 after gardening. No red flags. SLR neg. Naproxen + PPI, stay active.',
  'Normal. Text sent to pt.',
  'Asthma review. Inhaler technique good, no night waking, peak flow 420. Plan updated.',
  'Smear taken by nurse, chaperone offered. Recall 3 years.',
  'T2DM annual review. HbA1c 52, ACR nil, foot risk low. FH: mother T2DM. Diet discussed.',
  'Here with wife, who agrees he is sleeping better. Mirtazapine 15mg continues. Review 6/52.',
]
const contextOf = (text: string): ScreenContext => ({
  patientAge: 52,
  sex: text.startsWith('Smear') ? 'female' : 'male',
})

/**
 * Screens ordinary entries of one process on one core for `seconds`, and times each; then notes of
 * 1,000 characters made of them. Processor time is counted as well: it says more on a busy machine.
 */
export function screenBench(seconds: number): {
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
} {
  const texts = Array.from({ length: 997 }, (_, index) => entryOf(index))
  const long = Array.from({ length: 199 }, (_, index) =>
    Array.from({ length: 14 }, (_each, at) => entryOf(index * 14 + at))
      .join('\n')
      .slice(0, 1000),
  )
  const entries = screenAll(texts, seconds * 0.8)
  const longNotes = screenAll(long, seconds * 0.2)
  return {
    figures: {
      entriesPerSecond: Math.round(entries.times.length / entries.elapsed),
      entriesPerCpuSecond: Math.round(entries.times.length / entries.cpu),
      p50Us: rounded(percentile(entries.times, 0.5)),
      p99Us: rounded(percentile(entries.times, 0.99)),
      longP50Us: rounded(percentile(longNotes.times, 0.5)),
      longP95Us: rounded(percentile(longNotes.times, 0.95)),
    },
    notes: [
      `${entries.times.length} ordinary entries of ${Math.round(texts.join('').length / texts.length)} characters on average, one at a time; ${entries.held} held`,
      `${longNotes.times.length} notes of 1,000 characters; ${longNotes.held} held`,
    ],
  }
}

function entryOf(index: number): string {
  return `${ordinary[index % ordinary.length] ?? ''} Seen ${index % 28}/${(index % 12) + 1}, ${index} mins.`
}

/** Microseconds of each text, and seconds of clock and processor for all. */
function screenAll(texts: readonly string[], seconds: number) {
  const entries = texts.map((text) => ({ text, context: contextOf(text) }))
  for (const { text, context } of entries) screenText(text, context)
  const times: number[] = []
  let held = 0
  const processor = process.cpuUsage()
  const begun = performance.now()
  while (performance.now() - begun < seconds * 1000) {
    for (const { text, context } of entries) {
      const before = performance.now()
      if (screenText(text, context).outcome === 'review') held++
      times.push((performance.now() - before) * 1000)
    }
  }
  const { user, system } = process.cpuUsage(processor)
  return {
    times,
    held,
    elapsed: (performance.now() - begun) / 1000,
    cpu: (user + system) / 1_000_000,
  }
}
