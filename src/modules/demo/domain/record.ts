import { writeBackground } from './background.ts'
import { openBook } from './book.ts'
import { writeComplaints, writeReviews } from './consultations.ts'
import type { Day } from './days.ts'
import type { DemoRecord } from './entry.ts'
import { writeHeld } from './held.ts'
import { writeLabs } from './labs.ts'
import { writeLetters } from './letters.ts'
import type { Depth, Making } from './making.ts'
import type { Person } from './people.ts'
import type { DemoPractice } from './practice.ts'
import { conditionsOf, writeProblems } from './problems.ts'
import { randomFrom } from './random.ts'
import { writeMedicines } from './supplies.ts'
import { writeVaccinations } from './vaccinations.ts'

const ordinary: Depth = {
  labYears: 4,
  labsPerYear: 1,
  reviewYears: 2,
  issueDays: 270,
  visits: 0.85,
  letters: 1,
}
const young: Depth = { ...ordinary, visits: 0.8, letters: 0.5 }
const huge: Depth = {
  labYears: 15,
  labsPerYear: 2.6,
  reviewYears: 13,
  issueDays: 6 * 365,
  visits: 10,
  letters: 14,
}

/**
 * Somebody's record as the GP system would give it, the same for the same seed, person and day.
 * Nothing in it is before birth, or on `today` or later.
 */
export function recordOf(
  seed: number,
  practice: DemoPractice,
  person: Person,
  today: Day,
): DemoRecord {
  const part = person.cast?.part
  if (part === 'empty-record') return { entries: [], secrets: [] }
  const random = randomFrom(seed, 'record', practice.index, person.index)
  const book = openBook()
  const making: Making = {
    seed,
    practice,
    person,
    today,
    random,
    book,
    having: conditionsOf(random, person, today),
    depth: part === 'huge-record' ? huge : part === 'young-adult' ? young : ordinary,
  }
  const problems = writeProblems(making)
  writeBackground(making)
  writeVaccinations(making)
  writeMedicines(making, problems)
  writeLabs(making)
  writeReviews(making)
  writeComplaints(making)
  writeLetters(making)
  writeHeld(making)
  return { entries: book.entries, secrets: book.secrets }
}
