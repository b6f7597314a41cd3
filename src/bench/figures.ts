/** The value below which a share (0 to 1) of the numbers lie; 0 where there are none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** To one decimal place; figures on a shared machine carry no more. */
export function rounded(number: number): number {
  return Math.round(number * 10) / 10
}

/** Prints figures as a table of two columns and, if asked, as a last line of JSON. */
export function printFigures(
  name: string,
  figures: Readonly<Record<string, number>>,
  notes: readonly string[],
  asJson: boolean,
): void {
  console.log(`\nbench ${name}`)
  for (const [label, figure] of Object.entries(figures)) {
    console.log(`  ${label.padEnd(22)} ${String(figure).padStart(12)}`)
  }
  for (const note of notes) console.log(`  ${note}`)
  if (asJson) console.log(JSON.stringify({ bench: name, ...figures }))
}
