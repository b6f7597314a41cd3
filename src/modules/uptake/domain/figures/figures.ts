import type { Month } from '../months/month.ts'

/** 2 switched on at the practice, 1 there but not switched on, 0 not there. Source: POMI metadata. */
export type FunctionState = number

/**
 * What was counted of one practice in one month. A figure that nobody told is absent, which is not
 * nought. `…Enabled` are people whose own switch is on, whatever the practice's; `canUse` are people
 * who can use at least one service, both switches on, each counted once.
 */
export interface Figures {
  /** People registered on the last day of the month. */
  readonly listSize?: number
  readonly apptsState?: FunctionState
  readonly apptsEnabled?: number
  /** Appointments booked and cancelled online: things done, not people. */
  readonly apptsUse?: number
  readonly prescState?: FunctionState
  readonly prescEnabled?: number
  readonly prescUse?: number
  readonly recordState?: FunctionState
  readonly recordEnabled?: number
  readonly recordUse?: number
  /** As published: the largest of the counts of services, which is no count of people. */
  readonly totalEnabled?: number
  readonly newEnabled?: number
  readonly totalUse?: number
  readonly canUse?: number
  /** People who did anything online in the month, each counted once. */
  readonly active?: number
  readonly booked?: number
  readonly cancelled?: number
}

/** Every figure by name, in the order in which they are kept. */
export const figureNames = [
  'listSize',
  'apptsState',
  'apptsEnabled',
  'apptsUse',
  'prescState',
  'prescEnabled',
  'prescUse',
  'recordState',
  'recordEnabled',
  'recordUse',
  'totalEnabled',
  'newEnabled',
  'totalUse',
  'canUse',
  'active',
  'booked',
  'cancelled',
] as const satisfies readonly (keyof Figures)[]

/** Counts by the names that the month summary has for them; one that is not counted is absent. */
export type SummaryCounts = Readonly<Record<string, number>>

/** The figures of a practice from one supplier, in their latest revision. */
export interface PracticeMonth extends Figures {
  readonly practice: string
  readonly month: Month
  readonly supplier: string
  readonly practiceName: string
  readonly subIcbCode: string
  readonly summary?: SummaryCounts
}

/** What this service is called where suppliers are named. */
export const ownSupplier = 'PATIENT ONLINE'

/** Whether nothing differs between two sets of figures. Absent and nought are different. */
export function sameFigures(one: Figures, other: Figures): boolean {
  return figureNames.every((name) => one[name] === other[name])
}

/**
 * One row for a practice: where several suppliers reported it, the larger of each figure, under the
 * name of the first of them with " (I)". Source: NHSDigital/POMI, aggregate.
 */
export function mergeSuppliers(rows: readonly PracticeMonth[]): readonly PracticeMonth[] {
  const byPractice = Map.groupBy(rows, (row) => `${row.month} ${row.practice}`)
  return [...byPractice.values()].flatMap((reported) => {
    const sorted = reported.toSorted((a, b) => compareText(a.supplier, b.supplier))
    const [first] = sorted
    if (!first) return []
    if (sorted.length === 1) return [first]
    const supplier = `${first.supplier.replace(/ \(I\)$/, '')} (I)`
    return [{ ...first, ...largest(sorted), supplier }]
  })
}

function largest(rows: readonly Figures[]): Figures {
  return Object.fromEntries(
    figureNames.flatMap((name) => {
      const told = rows.flatMap((row) => row[name] ?? [])
      return told.length === 0 ? [] : [[name, Math.max(...told)]]
    }),
  )
}

/** Orders texts as the published files do: by code, capitals before small letters. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
