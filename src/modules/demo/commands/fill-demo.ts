import { systemProof, type Database } from '#platform/db'
import { practiceByCode } from '#modules/directory'
import type { LocalDate } from '#kernel/time'
import { dayOf } from '../domain/days.ts'
import { practiceAt, type DemoPractice } from '../domain/practice.ts'
import type { DemoSize } from '../domain/size.ts'
import { madePractice, type MadePractice } from '../queries/made-practice.ts'
import { fillPractice, nothingFilled, sumFilled, type Filled } from './fill-practice.ts'

/** What was made; practices that were whole already are counted apart. */
export interface DemoReport extends Filled {
  readonly practices: number
  readonly alreadyThere: number
}

/** Told to a person: a code that is wanted belongs to a practice that was not made up here. */
export class NotMadeUpError extends Error {
  override readonly name = 'NotMadeUpError'
}

/**
 * Makes the practices that are not there yet, whole. One that an earlier run left half made is
 * finished as it was begun; one that is whole is left as it is, whatever its size and seed. Throws
 * NotMadeUpError, before it writes anything, where a code is that of a practice not made up.
 */
export async function fillDemo(
  db: Database,
  options: DemoSize & {
    readonly today: LocalDate
    readonly onProgress: (line: string) => void
  },
): Promise<DemoReport> {
  const { practices, patients, seed, today, onProgress } = options
  const wanted = Array.from({ length: practices }, (_, index) => practiceAt(seed, index))
  const begun = new Map<DemoPractice, MadePractice | undefined>()
  for (const practice of wanted) begun.set(practice, await begunAs(db, practice))

  let report: DemoReport = { practices: 0, alreadyThere: 0, ...nothingFilled }
  for (const [practice, made] of begun) {
    if (made?.completedAt) {
      report = { ...report, alreadyThere: report.alreadyThere + 1 }
      continue
    }
    const filled = await fillPractice(db, {
      practice: made ? practiceAt(made.seed, practice.index) : practice,
      seed: made?.seed ?? seed,
      patients: made?.patients ?? patients,
      today: dayOf(made?.madeOn ?? today),
      onProgress,
    })
    report = { ...report, ...sumFilled(report, filled), practices: report.practices + 1 }
  }
  return report
}

async function begunAs(db: Database, practice: DemoPractice): Promise<MadePractice | undefined> {
  if (!(await practiceByCode(db.accounts, practice.code))) return undefined
  const made = await db.transaction(systemProof(practice.code), (tx) => madePractice(tx))
  if (!made) throw new NotMadeUpError(`${practice.code} is a practice that was not made up here.`)
  return made
}
