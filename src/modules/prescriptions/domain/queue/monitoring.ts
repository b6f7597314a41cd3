import { addDays, type LocalDate } from '#kernel/time'
import { wordsOf, type FlagId, type MedicineFlag, type Monitoring } from './flag.ts'

/** A test that the record shows, by its title there. */
export interface DoneTest {
  readonly title: string
  readonly on: LocalDate
}

/** A day that staff set, where the record does not show the test. */
export interface SetDone {
  readonly flagId: FlagId
  readonly on: LocalDate
}

/** How the monitoring of one flagged medicine stands. `dueOn` is absent where none is known. */
export interface MonitoringStatus extends Monitoring {
  readonly flagId: FlagId
  readonly lastOn?: LocalDate | undefined
  readonly dueOn?: LocalDate | undefined
  /** Due before today, or never done as far as is known. */
  readonly isDue: boolean
}

/** Whether a title of the record is the test that a flag asks for: all its words are in it. */
export function isTest(monitoring: Pick<Monitoring, 'test'>, title: string): boolean {
  const inTitle = new Set(wordsOf(title))
  const words = wordsOf(monitoring.test)
  return words.length > 0 && words.every((word) => inTitle.has(word))
}

/**
 * How the monitoring that these flags ask for stands: from the last such test in the record, or the
 * last day that staff set, whichever is later. Days after today are no evidence. On the day it falls
 * due it is not late yet.
 */
export function monitoringOf(
  flags: readonly MedicineFlag[],
  known: { readonly tests: readonly DoneTest[]; readonly set: readonly SetDone[] },
  today: LocalDate,
): readonly MonitoringStatus[] {
  return flags.flatMap(({ flagId, monitoring }) => {
    if (!monitoring) return []
    const days = [
      ...known.tests.filter((test) => isTest(monitoring, test.title)),
      ...known.set.filter((one) => one.flagId === flagId),
    ]
      .map(({ on }) => on)
      .filter((on) => on <= today)
    const lastOn = days.toSorted().at(-1)
    const dueOn = lastOn && addDays(lastOn, monitoring.days)
    return [{ ...monitoring, flagId, lastOn, dueOn, isDue: dueOn === undefined || dueOn < today }]
  })
}
