import type { Source } from './sources.ts'

/** What became of one resource: exactly one of these. */
export type Outcome =
  | { readonly became: 'entry'; readonly key: string }
  | { readonly became: 'merged'; readonly into: string }
  | { readonly became: 'people' }
  | { readonly became: 'quarantined'; readonly reason: string }

/** How many resources became what. */
export interface Tally {
  readonly entry: number
  readonly merged: number
  readonly people: number
  readonly quarantined: number
}

/** Keeps what became of each resource. A second outcome for the same resource is refused loudly. */
export interface Ledger {
  settle(source: Source, outcome: Outcome): void
  outcomeOf(source: Source): Outcome | undefined
  isOpen(source: Source): boolean
}

/** Makes an empty ledger. Settling a resource twice throws: the counts would not add up. */
export function makeLedger(): Ledger {
  const outcomes = new Map<Source, Outcome>()
  return {
    settle: (source, outcome) => {
      if (outcomes.has(source))
        throw new Error(`${source.type} at ${source.path} was settled twice`)
      outcomes.set(source, outcome)
    },
    outcomeOf: (source) => outcomes.get(source),
    isOpen: (source) => !outcomes.has(source),
  }
}

/** Counts outcomes. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const count = (became: Outcome['became']) =>
    outcomes.filter((outcome) => outcome.became === became).length
  return {
    entry: count('entry'),
    merged: count('merged'),
    people: count('people'),
    quarantined: count('quarantined'),
  }
}

/** All that a tally counts. */
export function totalOf(tally: Tally): number {
  return tally.entry + tally.merged + tally.people + tally.quarantined
}
