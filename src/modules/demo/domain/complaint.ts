import type { MedicineName } from './medicines.ts'
import type { Phrases } from './shorthand.ts'

/** Something people come with and mostly get over. */
export interface Complaint {
  readonly title: string
  readonly code?: string
  readonly from: number
  readonly until: number
  readonly sex?: 'female' | 'male'
  readonly weight: number
  readonly history: Phrases
  readonly examination: Phrases
  readonly plan: Phrases
  readonly medicines?: readonly MedicineName[]
}

/** How a plan ends: what to do if it does not get better. */
export const safetyNet =
  'Rv if not settling | Safety-netted | To ring back if worse | RTC if no better 1/52 | Worsening advice given, pt happy w plan | 111 / ED if red flags | '

/** What is advised for joints and muscles. */
export const restExercise =
  'Keep active, sheet given | Exercises shown | Self-ref physio | Heat, simple analgesia | '
