import type { MedicineName } from './medicines.ts'
import type { PanelName } from './lab-tests.ts'

/** What brings a patient back to be looked at, and what the notes of it say. */
export type Review =
  | 'hypertension'
  | 'diabetes'
  | 'asthma'
  | 'copd'
  | 'thyroid'
  | 'mood'
  | 'kidney'
  | 'heart'
  | 'joints'
  | 'epilepsy'
  | 'medication'

/** A long-term condition: how common it is, what is taken for it, and what is checked. */
export interface Condition {
  readonly id: string
  readonly title: string
  readonly code?: string
  /** In a hundred people of this age and sex now. */
  readonly share: (age: number, sex: 'female' | 'male') => number
  /** The youngest that it begins at. */
  readonly onset: number
  /** One of each row is taken; a row of nothing takes nothing. */
  readonly medicines: readonly (readonly (MedicineName | 'none')[])[]
  readonly panels: readonly PanelName[]
  readonly review?: Review
  readonly major: boolean
}

/** Shares in a hundred at an age, by straight lines between points of age and share. */
export function rising(...points: readonly (readonly [age: number, share: number])[]) {
  return (age: number): number => {
    let before = points[0]
    for (const point of points) {
      if (age < point[0] && before) {
        const [from, low] = before
        const [to, high] = point
        return point === before ? 0 : low + ((high - low) * (age - from)) / (to - from)
      }
      before = point
    }
    return before?.[1] ?? 0
  }
}

/** The share for one sex; none for the other. */
export const only =
  (wanted: 'female' | 'male', share: (age: number) => number) =>
  (age: number, sex: 'female' | 'male') =>
    sex === wanted ? share(age) : 0
