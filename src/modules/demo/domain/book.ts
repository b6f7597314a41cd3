import { afterEight, startOf, type Day } from './days.ts'
import type { DemoCoding, DemoEntry, DemoKind, HoldReason, Secret } from './entry.ts'

/** A record while it is being written. Keys are the kind and a number, in the order of writing. */
export interface Book {
  /** Adds an entry and gives its key. */
  readonly add: (entry: Omit<DemoEntry, 'sourceKey'>) => string
  /** Notes that the entry holds a phrase that nobody may see unless a person releases it. */
  readonly hide: (phrase: string, entryKey: string, reason: HoldReason) => void
  readonly entries: readonly DemoEntry[]
  readonly secrets: readonly Secret[]
}

/** An empty record. */
export function openBook(): Book {
  const entries: DemoEntry[] = []
  const secrets: Secret[] = []
  const counts = new Map<DemoKind, number>()
  return {
    entries,
    secrets,
    hide: (phrase, entryKey, reason) => {
      secrets.push({ phrase, entryKey, reason })
    },
    add: (entry) => {
      const count = (counts.get(entry.kind) ?? 0) + 1
      counts.set(entry.kind, count)
      const sourceKey = `${entry.kind}/${count}`
      entries.push({ sourceKey, ...entry })
      return sourceKey
    },
  }
}

/** One coding in SNOMED CT, or none where no code is given. */
export function coded(
  title: string,
  code: string | undefined,
): { readonly codings?: readonly DemoCoding[] } {
  if (code === undefined) return {}
  return { codings: [{ system: 'http://snomed.info/sct', code, display: title }] }
}

/** Happened and was written on the day, to the day. */
export function onDay(
  day: Day,
): Pick<DemoEntry, 'clinicalAt' | 'clinicalPrecision' | 'recordedAt'> {
  return { clinicalAt: startOf(day), clinicalPrecision: 'day', recordedAt: afterEight(day, 90) }
}

/** Happened and was written at this minute of the working day. */
export function atMinute(
  day: Day,
  minutes: number,
): Pick<DemoEntry, 'clinicalAt' | 'clinicalPrecision' | 'recordedAt'> {
  const at = afterEight(day, minutes)
  return { clinicalAt: at, clinicalPrecision: 'minute', recordedAt: at }
}
