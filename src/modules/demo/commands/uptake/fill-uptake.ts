import { dayOf } from '../../domain/days.ts'
import { localDateOf, type LocalDate } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { openAccess, setPracticeServices } from '#modules/access'
import { createAccountsInBulk } from '#modules/accounts'
import {
  closeMonth,
  isAnythingCounted,
  monthAfter,
  monthOf,
  monthsFrom,
  nationwide,
  rollUpStale,
  saveApprovals,
  saveDeciles,
  savePracticePlaces,
  type Month,
} from '#modules/uptake'
import { castSize } from '../../domain/cast.ts'
import { demoPassword } from '../../domain/demo-people.ts'
import { personAt, type Person } from '../../domain/people.ts'
import { practiceAt, type DemoPractice } from '../../domain/practice.ts'
import { randomFrom } from '../../domain/random.ts'
import type { DemoSize } from '../../domain/size.ts'
import { madeLocations } from '../../domain/uptake/made-england.ts'
import { fillEngland } from './england.ts'

const monthsBack = 25
const ownMonths = 13
const otherPractices = 98
const begunOn = 760

/**
 * Gives the made-up practices two years in which their patients came to use online services, a
 * country of other practices around them, and counts it all. Does nothing where anything was counted.
 */
export async function fillUptake(
  db: Database,
  { seed, practices, patients, today }: DemoSize & { readonly today: LocalDate },
): Promise<void> {
  if (await isAnythingCounted(db.figures)) return
  const last = monthAfter(monthOf(today), -1)
  const months = monthsFrom(monthAfter(last, 1 - monthsBack), last)
  const own = Array.from({ length: practices }, (_, index) => practiceAt(seed, index))
  for (const practice of own) await fillPast(db, { seed, practice, patients, today })
  await fillEngland(db, { seed, practices: otherPractices, months })
  await placeOwn(db, own, months)
  for (const { code } of own) {
    for (const month of months.slice(-ownMonths))
      await db.transaction(systemProof(code), (tx) => closeMonth(tx, month))
  }
  await rollUpStale(db)
}

/** Own practices lie in the first location, and may be returned. */
async function placeOwn(
  db: Database,
  own: readonly DemoPractice[],
  months: readonly Month[],
): Promise<void> {
  const [first] = months
  const [location] = madeLocations(otherPractices)
  if (first === undefined || !location) return
  await db.transaction(nationwide, async (tx) => {
    const placed = own.map(({ code, name }) => ({
      practice: code,
      name: name.toUpperCase(),
      subIcbCode: location.subIcbCode,
    }))
    await savePracticePlaces(tx, first, placed)
    await saveApprovals(
      tx,
      own.map(({ code }) => code),
      first,
    )
  })
}

interface PastPlan {
  readonly seed: number
  readonly practice: DemoPractice
  readonly patients: number
  readonly today: LocalDate
}

async function fillPast(db: Database, plan: PastPlan): Promise<void> {
  const { seed, practice, patients } = plan
  const today = dayOf(plan.today)
  const people = Array.from({ length: Math.max(0, patients - castSize) }, (_, place) =>
    personAt(seed, practice, place + castSize, today),
  )
  const taking = people.filter((person) => takesTo(seed, practice, person))
  const accountIds = await createAccountsInBulk(
    db,
    demoPassword,
    taking.map(({ index, patient }) => ({
      face: 'patient' as const,
      email: `patient${index}.${practice.code.toLowerCase()}@example.com`,
      displayName: `${patient.givenName} ${patient.familyName}`,
      isDemo: true,
      links: [{ practice: practice.code, subjectId: patient.patientId, relation: 'self' as const }],
    })),
  )
  await db.transaction(systemProof(practice.code), async (tx) => {
    await setPracticeServices(tx, {
      appointments: true,
      prescriptions: true,
      recordLevel: 'full',
      since: before(db, begunOn),
    })
    const opened = taking.flatMap((person, place) => {
      const accountId = accountIds[place]
      const startsAt = before(
        db,
        randomFrom(seed, 'since', practice.index, person.index).int(1, 740),
      )
      const { patientId, registeredOn } = person.patient
      if (accountId === undefined || registeredOn > localDateOf(startsAt)) return []
      return [
        {
          accountId,
          patientId,
          relation: 'self' as const,
          ...everything,
          startsAt,
          effectiveFrom: startsAt,
        },
      ]
    })
    if (opened.length > 0) await openAccess(tx, ...opened)
    await saveDeciles(tx, decilesOf(seed, people))
  })
}

const everything = {
  appointments: 'manage',
  prescriptions: 'manage',
  recordCurrent: 'full',
  recordHistorical: 'full',
} as const

function before(db: Database, days: number): Date {
  return new Date(db.now().getTime() - days * 86_400_000)
}

/** Younger adults take to it more than children and the very old, and fewer in poorer areas. */
function takesTo(seed: number, practice: DemoPractice, person: Person): boolean {
  const random = randomFrom(seed, 'takes-to', practice.index, person.index)
  const { age } = person
  if (age < 13) return false
  const byAge = age < 65 ? 0.68 : age < 75 ? 0.55 : age < 85 ? 0.34 : 0.16
  return random.chance(byAge - 0.02 * (10 - decileOf(seed, person)))
}

function decileOf(seed: number, person: Person): number {
  return randomFrom(seed, 'decile', person.patient.postcode).int(1, 10)
}

function decilesOf(seed: number, people: readonly Person[]) {
  const deciles = people.map((person) => ({
    postcode: person.patient.postcode.replaceAll(' ', '').toUpperCase(),
    decile: decileOf(seed, person),
  }))
  return [...new Map(deciles.map((one) => [one.postcode, one])).values()]
}
