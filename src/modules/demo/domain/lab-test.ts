/** One test as an English laboratory prints it. */
export interface LabTest {
  readonly id: string
  readonly title: string
  /** In SNOMED CT. */
  readonly code?: string
  readonly unit: string
  readonly low?: number
  readonly high?: number
  /** Another range for women, where the laboratory gives one. */
  readonly female?: { readonly low?: number; readonly high?: number }
  readonly decimals: number
  /** What is usual, and how far apart two people and two tests of one person are. */
  readonly mean: number
  readonly between: number
  readonly within: number
  /** Nobody is alive outside these. */
  readonly least: number
  readonly most: number
}

/** Tests that are ordered and reported together, under one name. */
export interface Panel {
  readonly title: string
  readonly code?: string
  readonly specimen: string
  readonly tests: readonly LabTest[]
}

export type Numbers = Pick<LabTest, 'decimals' | 'mean' | 'between' | 'within' | 'least' | 'most'>

/** Mean, between and within people, least and most, in that order. */
export function numbers(
  decimals: number,
  ...given: readonly [number, number, number, number, number]
): Numbers {
  const [mean, between, within, least, most] = given
  return { decimals, mean, between, within, least, most }
}
