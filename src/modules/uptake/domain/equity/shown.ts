import { suppress } from '../suppression/suppress.ts'
import type { Band, Dimension } from './gap.ts'

/** A count, or why it is not shown. */
export type ShownCount = number | 'few' | 'withheld'

/** A band with the counts that may be shown to whoever sees counts only. */
export interface ShownBand {
  readonly dimension: Dimension
  readonly band: string
  readonly listed: ShownCount
  readonly canUse: ShownCount
  readonly active: ShownCount
}

/** Bands of one dimension without the numbers from 1 to 4, and without what would tell them. */
export function shownBands(bands: readonly Band[]): readonly ShownBand[] {
  const hide = (of: (band: Band) => number): readonly ShownCount[] => {
    const values = bands.map(of)
    const hidden = suppress([
      { value: values.reduce((sum, value) => sum + value, 0) },
      ...values.map((value) => ({ parent: 0, value })),
    ])
    return values.map((value, at) => hidden.get(at + 1) ?? value)
  }
  const [listed, canUse, active] = [
    hide((band) => band.listed),
    hide((band) => band.canUse),
    hide((band) => band.active),
  ]
  return bands.map(({ dimension, band }, at) => ({
    dimension,
    band,
    listed: listed[at] ?? 'withheld',
    canUse: canUse[at] ?? 'withheld',
    active: active[at] ?? 'withheld',
  }))
}
