/** Something that the service said was done. It must be there ever after, once. */
export type Acknowledged =
  | {
      readonly kind: 'booking'
      readonly id: string
      readonly key: string
      readonly patientId: string
      readonly slotId: string
    }
  | { readonly kind: 'cancelling'; readonly id: string }
  | {
      readonly kind: 'order'
      readonly id: string
      readonly key: string
      readonly patientId: string
    }
  | {
      readonly kind: 'item decision'
      readonly id: string
      /** As it was shown; the decision is the next one. */
      readonly version: number
      readonly outcome: 'approved' | 'rejected'
      readonly staffId: string
    }
  | {
      readonly kind: 'entry decision'
      readonly id: string
      /** The latest decision as it was shown; this is the next one. */
      readonly decisionNo: number
      readonly outcome: 'released' | 'withheld'
      readonly staffId: string
    }
  | { readonly kind: 'message'; readonly patientId: string; readonly words: string }
  | { readonly kind: 'sign-out'; readonly cookie: string }

/** What clients know of: it outlives every process that is killed. */
export interface Journal {
  readonly acknowledged: Acknowledged[]
  /** Keys of bookings and orders that were refused, so that they must not be there. */
  readonly refused: { readonly kind: 'booking' | 'order'; readonly key: string }[]
  /** Appointments that somebody tried to cancel, acknowledged or not. */
  readonly maybeCancelled: Set<string>
  /** What clients themselves saw go wrong. */
  readonly breaches: string[]
  readonly counts: Counts
  /** The run failed: nobody is to go on asking. */
  isAbandoned: boolean
}

/** How much was asked, and how it was answered. */
export interface Counts {
  requests: number
  /** Asked again because no answer, or no certain one, had come. */
  retries: number
  /** Asked again although it was acknowledged, to see the first answer again. */
  repeats: number
  refused: number
  answers5xx: number
  answers503: number
  brokenConnections: number
}

/** A journal in which nothing is written yet. */
export function openJournal(): Journal {
  return {
    acknowledged: [],
    refused: [],
    maybeCancelled: new Set(),
    breaches: [],
    isAbandoned: false,
    counts: {
      requests: 0,
      retries: 0,
      repeats: 0,
      refused: 0,
      answers5xx: 0,
      answers503: 0,
      brokenConnections: 0,
    },
  }
}

/** How many of each kind were acknowledged. */
export function acknowledgedByKind({ acknowledged }: Journal): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { kind } of acknowledged) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
