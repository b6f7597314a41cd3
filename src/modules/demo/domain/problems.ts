import { coded, onDay } from './book.ts'
import type { Condition } from './condition.ts'
import { conditions } from './conditions.ts'
import { dateOf, type Day } from './days.ts'
import { visitDay, type Having, type Making } from './making.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** What somebody has lived with, oldest first; more likely together than apart. */
export function conditionsOf(random: Random, person: Person, today: Day): readonly Having[] {
  const frailty = random.normal(1, 0.3) + (person.inCareHome ? 0.6 : 0)
  const wanted = wantedByPart(person)
  const found = conditions.filter((condition) => {
    const chance = (condition.share(person.age, person.patient.sex) / 100) * Math.max(0.3, frailty)
    return random.chance(chance) || wanted.includes(condition.id)
  })
  return found
    .filter((condition) => person.age > condition.onset)
    .map((condition) => ({ condition, since: beganOn(random, condition, person, today) }))
    .toSorted((a, b) => a.since - b.since)
}

function wantedByPart({ cast }: Person): readonly string[] {
  if (cast?.part === 'full') return ['hypertension', 'diabetes', 'hypothyroidism']
  if (cast?.part === 'detailed-only') return ['hypertension', 'heart', 'gout']
  if (cast?.part === 'huge-record')
    return ['hypertension', 'diabetes', 'kidney', 'fibrillation', 'failure', 'joints', 'bones']
  if (cast?.part === 'much-held') return ['depression', 'asthma']
  return []
}

function beganOn(random: Random, condition: Condition, person: Person, today: Day): Day {
  const yearsSince = Math.max(0.3, person.age - condition.onset)
  const years = Math.min(25, yearsSince) * (0.1 + 0.85 * random.next())
  return Math.max(person.born + 60, today - Math.floor(years * 365.25))
}

/** Writes the problem list, and gives each condition's key. */
export function writeProblems(making: Making): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const { condition, since } of making.having) {
    const day = visitDay(making, since)
    if (day === undefined) continue
    const key = making.book.add({
      kind: 'problem',
      title: condition.title,
      ...coded(condition.title, condition.code),
      ...onDay(day),
      author: making.random.pick(making.practice.staff.slice(0, 3)).name,
      detail: { status: 'active', significance: condition.major ? 'major' : 'minor' },
    })
    keys.set(condition.id, key)
  }
  writePast(making)
  return keys
}

const past: readonly { readonly title: string; readonly code?: string; readonly from: number }[] = [
  { title: 'Appendicectomy', code: '80146002', from: 8 },
  { title: 'Tonsillectomy', code: '173422009', from: 5 },
  { title: 'Fracture of distal end of radius', from: 7 },
  { title: 'Inguinal hernia repair', code: '44558001', from: 35 },
  { title: 'Cataract extraction', from: 66 },
  { title: 'Total hip replacement', code: '52734007', from: 62 },
  { title: 'Cholecystectomy', code: '38102005', from: 34 },
  { title: 'Ankle sprain', from: 14 },
]

function writePast(making: Making): void {
  const { random, person, today, book } = making
  for (const one of past) {
    const years = person.age - one.from
    if (years <= 1 || !random.chance(0.045)) continue
    const day = visitDay(making, today - random.int(1, years) * 365)
    if (day === undefined) continue
    book.add({
      kind:
        one.title.startsWith('Fracture') || one.title.includes('sprain') ? 'problem' : 'procedure',
      title: one.title,
      ...coded(one.title, one.code),
      ...onDay(day),
      ...(one.title.startsWith('Fracture') && {
        detail: {
          status: 'past' as const,
          significance: 'minor' as const,
          endedOn: dateOf(Math.min(day + 90, today - 1)),
        },
      }),
    })
  }
}
