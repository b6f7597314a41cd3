import { screenText } from '#modules/record'
import { percentile, rounded } from './figures.ts'

/** Ordinary entries of the kinds and lengths that a record has, none of which needs a person. */
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

/** Screens ordinary entries of one process on one core for `seconds`, and times each. */
export function screenBench(seconds: number): {
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
} {
  const texts = Array.from(
    { length: 997 },
    (_, index) =>
      `${ordinary[index % ordinary.length] ?? ''} Seen ${index % 28}/${(index % 12) + 1}, ${index} mins.`,
  )
  const context = { patientAge: 52 }
  for (const text of texts) screenText(text, context)
  const times: number[] = []
  const begun = performance.now()
  let entries = 0
  let held = 0
  while (performance.now() - begun < seconds * 1000) {
    for (const text of texts) {
      const before = performance.now()
      if (screenText(text, context).outcome === 'review') held++
      times.push((performance.now() - before) * 1000)
      entries++
    }
  }
  const elapsed = (performance.now() - begun) / 1000
  return {
    figures: {
      entriesPerSecond: Math.round(entries / elapsed),
      p50Us: rounded(percentile(times, 0.5)),
      p99Us: rounded(percentile(times, 0.99)),
    },
    notes: [
      `${entries} ordinary entries of ${Math.round(texts.join('').length / texts.length)} characters on average, one at a time; ${held} held`,
    ],
  }
}
