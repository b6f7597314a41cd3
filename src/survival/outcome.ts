/** What a run found. Any breach is a fault of the service. */
export interface Outcome {
  readonly figures: Readonly<Record<string, number | string>>
  readonly notes?: readonly string[]
  readonly breaches: readonly string[]
}

/** Prints a run as a table, and, if asked, as a last line of JSON. */
export function printOutcome(
  name: string,
  { figures, notes = [], breaches }: Outcome,
  asJson: boolean,
): void {
  console.log(`\nsurvive ${name}`)
  for (const [label, figure] of Object.entries(figures))
    console.log(`  ${label.padEnd(30)} ${String(figure).padStart(12)}`)
  console.log(`  ${'breaches'.padEnd(30)} ${String(breaches.length).padStart(12)}`)
  for (const note of notes.slice(0, 20)) console.log(`  ${note}`)
  for (const breach of breaches.slice(0, 50)) console.log(`  BREACH ${breach}`)
  if (asJson) console.log(JSON.stringify({ survive: name, ...figures, breaches: breaches.length }))
}
