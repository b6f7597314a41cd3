import type { Id } from '#kernel/id'
import { afterEight, dayOf, type Day } from './days.ts'
import type { DemoEntry, DemoMedication } from './entry.ts'
import type { Person } from './people.ts'
import type { DemoPractice } from './practice.ts'
import { randomFrom, type Random } from './random.ts'
import { parseLocalDate } from '#kernel/time'
import { workingDayFrom, workingDayUntil } from './working-days.ts'

type DemoOutcome =
  | { readonly state: 'requested' }
  | { readonly state: 'approved'; readonly decidedAt: Date; readonly decidedBy: Id<'Staff'> }
  | {
      readonly state: 'collected'
      readonly decidedAt: Date
      readonly decidedBy: Id<'Staff'>
      readonly readyAt: Date
      readonly collectedAt: Date
    }
  | {
      readonly state: 'rejected'
      readonly decidedAt: Date
      readonly decidedBy: Id<'Staff'>
      readonly rejectReason: 'too-early' | 'review-needed'
      readonly patientText: string
    }

/** An order of some repeat medicines, by the keys of their entries. */
export interface DemoOrder {
  readonly patientId: Id<'Patient'>
  readonly orderedAt: Date
  readonly note: string
  readonly items: readonly (DemoOutcome & { readonly sourceKey: string })[]
}

interface Taken {
  readonly sourceKey: string
  readonly detail: DemoMedication
  readonly runsOut: Day
  readonly lastIssued: Day
}

const notes = [
  '',
  '',
  '',
  'Going away on Friday, could it be ready before then?',
  'Please send to the pharmacy in Mill Street',
]

/** Orders of one patient: about one in three who take something orders online. */
export function ordersOf(
  seed: number,
  practice: DemoPractice,
  person: Person,
  entries: readonly DemoEntry[],
  today: Day,
): readonly DemoOrder[] {
  const random = randomFrom(seed, 'orders', practice.index, person.index)
  const part = person.cast?.part
  const always = part === 'full' || part === 'huge-record'
  if (person.age < 16 || part === 'all-off' || part === 'appointments-only') return []
  if (!random.chance(0.35) && !always) return []
  const taken = repeatsOf(entries)
  if (taken.length === 0) return []
  return [
    ...pastOrder(random, practice, person, taken, today),
    ...openOrder(random, person, taken, today, always),
  ]
}

function repeatsOf(entries: readonly DemoEntry[]): readonly Taken[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'medication' || !entry.detail || !('issuesAllowed' in entry.detail))
      return []
    const { detail, sourceKey } = entry
    const last = parseLocalDate(detail.lastIssuedOn)
    if (detail.type !== 'repeat' || detail.status !== 'active' || last === undefined) return []
    const lastIssued = dayOf(last)
    return [{ sourceKey, detail, lastIssued, runsOut: lastIssued + detail.durationDays }]
  })
}

/** What was ordered for the last supply, and once in a while refused for one of them. */
function pastOrder(
  random: Random,
  practice: DemoPractice,
  person: Person,
  taken: readonly Taken[],
  today: Day,
): readonly DemoOrder[] {
  const decider = practice.staff.find((one) => one.name === person.patient.usualClinician)
  const [first] = taken
  if (!decider || !first) return []
  const ordered = workingDayUntil(first.lastIssued - 3)
  const decided = workingDayFrom(ordered + 1)
  if (decided >= today) return []
  const decidedAt = afterEight(decided, random.int(60, 500))
  const supplied = taken.filter((one) => Math.abs(one.lastIssued - decided) <= 7)
  if (supplied.length === 0) return []
  const items = supplied.slice(0, 4).map(({ sourceKey }, place) => {
    if (place > 0 && random.chance(0.12)) {
      return {
        sourceKey,
        decidedAt,
        decidedBy: decider.staffId,
        state: 'rejected' as const,
        rejectReason: 'too-early' as const,
        patientText: 'You should still have some of this. Please order again in two weeks.',
      }
    }
    const fetched = workingDayFrom(decided + 3)
    const approved = { sourceKey, decidedAt, decidedBy: decider.staffId }
    if (fetched >= today) return { ...approved, state: 'approved' as const }
    return {
      ...approved,
      state: 'collected' as const,
      readyAt: afterEight(workingDayFrom(decided + 1), 240),
      collectedAt: afterEight(fetched, 300),
    }
  })
  return [
    {
      patientId: person.patient.patientId,
      orderedAt: afterEight(ordered, random.int(0, 700)),
      note: random.pick(notes),
      items,
    },
  ]
}

/** What is due now and waits for the practice. */
function openOrder(
  random: Random,
  person: Person,
  taken: readonly Taken[],
  today: Day,
  always: boolean,
): readonly DemoOrder[] {
  const due = taken.filter((one) => one.runsOut - today <= 7)
  if (due.length === 0 || !(random.chance(0.75) || always)) return []
  const waiting = due.slice(0, always ? 1 : 3)
  return [
    {
      patientId: person.patient.patientId,
      orderedAt: afterEight(today - random.int(1, 6), random.int(0, 800)),
      note: random.pick(notes),
      items: waiting.map(({ sourceKey }) => ({ sourceKey, state: 'requested' })),
    },
  ]
}
