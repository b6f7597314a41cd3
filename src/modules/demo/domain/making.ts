import type { Book } from './book.ts'
import type { Condition } from './condition.ts'
import type { Day } from './days.ts'
import type { Person } from './people.ts'
import type { DemoPractice, DemoStaff } from './practice.ts'
import { required, type Random } from './random.ts'
import { workingDayUntil } from './working-days.ts'

/** How far back a record goes, and how much there is of it. */
export interface Depth {
  readonly labYears: number
  readonly labsPerYear: number
  readonly reviewYears: number
  /** How many days back each supply of a medicine is listed. */
  readonly issueDays: number
  /** Visits with a new complaint, as a multiple of what is usual at that age. */
  readonly visits: number
  readonly letters: number
}

/** A long-term condition of somebody, and when it was found. */
export interface Having {
  readonly condition: Condition
  readonly since: Day
}

/** What every part of a record is made from. */
export interface Making {
  readonly seed: number
  readonly practice: DemoPractice
  readonly person: Person
  readonly today: Day
  readonly random: Random
  readonly book: Book
  readonly having: readonly Having[]
  readonly depth: Depth
}

/** The last working day up to `day`, never today or later; `undefined` where that is before birth. */
export function visitDay(making: Making, day: Day): Day | undefined {
  const found = workingDayUntil(Math.min(Math.floor(day), making.today - 1))
  return found > making.person.born ? found : undefined
}

/** A member of staff with this job. */
export function staffWith(making: Making, jobTitle: string): DemoStaff {
  return making.random.pick(making.practice.staff.filter((one) => one.jobTitle.includes(jobTitle)))
}

/** The safeguarding lead's colleague that a patient usually sees. */
export function usualDoctor(making: Making): DemoStaff {
  const { usualClinician } = making.person.patient
  return required(making.practice.staff.find((one) => one.name === usualClinician))
}

/** When a condition of somebody was found, by the condition's name here. */
export function onsetsOf(having: readonly Having[]): ReadonlyMap<string, Day> {
  return new Map(having.map((one) => [one.condition.id, one.since]))
}

/** Whether somebody has the condition. */
export function has(making: Making, id: string): boolean {
  return making.having.some((one) => one.condition.id === id)
}
