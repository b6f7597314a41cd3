import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseNhsNumber } from '#kernel/nhs-number'
import { parseLocalDate } from '#kernel/time'
import { castSize } from './cast.ts'
import { demoPeople } from './demo-people.ts'
import { dayOf } from './days.ts'
import { inventedSurname } from './names.ts'
import { nameLists, eras } from './name-lists.ts'
import { nhsNumberFor } from './nhs-numbers.ts'
import { personAt } from './people.ts'
import { practiceAt } from './practice.ts'
import { required } from './random.ts'

const today = dayOf(required(parseLocalDate('2026-11-22')))
const practice = practiceAt(1, 0)
const people = Array.from({ length: 3000 }, (_, index) => personAt(1, practice, index, today))
const share = (from: number, until: number) =>
  people.filter((person) => person.age >= from && person.age < until).length / people.length

describe('nhsNumberFor', () => {
  test('gives valid numbers of the test range, none twice in 50 practices of 18,000', () => {
    const numbers = Array.from({ length: 50 }, (_, index) =>
      Array.from({ length: 2571 }, (_, place) => nhsNumberFor(index, place * 7)),
    ).flat()
    expect(new Set(numbers).size).toBe(numbers.length)
    const wrong = numbers.filter(
      (number) => !number.startsWith('999') || !parseNhsNumber(number).ok,
    )
    expect(wrong).toEqual([])
  })

  test('gives every patient of one large practice another number', () => {
    const numbers = new Set(Array.from({ length: 40_000 }, (_, place) => nhsNumberFor(3, place)))
    expect(numbers.size).toBe(40_000)
  })
})

describe('personAt', () => {
  test('makes the same person alone and among others, and others for another seed', () => {
    const alone = personAt(1, practiceAt(1, 0), 777, today)
    expect(alone).toEqual(people[777])
    expect(personAt(2, practiceAt(2, 0), 777, today).patient.patientId).not.toBe(
      alone.patient.patientId,
    )
    const hash = (seed: number) =>
      createHash('sha256')
        .update(JSON.stringify(personAt(seed, practiceAt(seed, 1), 50, today)))
        .digest('hex')
    expect(hash(7)).toBe(hash(7))
    expect(hash(7)).not.toBe(hash(8))
  })

  test('makes ages and sexes about as they are in England', () => {
    expect(share(0, 15)).toBeGreaterThan(0.14)
    expect(share(0, 15)).toBeLessThan(0.21)
    expect(share(65, 130)).toBeGreaterThan(0.15)
    expect(share(65, 130)).toBeLessThan(0.24)
    const women = people.filter((person) => person.patient.sex === 'female').length / people.length
    expect(women).toBeGreaterThan(0.46)
    expect(women).toBeLessThan(0.56)
  })

  test('keeps families at one address, with children younger than somebody there', () => {
    const homes = Map.groupBy(people, (person) => person.patient.household)
    let families = 0
    for (const home of homes.values()) {
      const [first] = home
      for (const one of home) expect(one.patient.addressLines).toEqual(first?.patient.addressLines)
      const whole =
        home.length > 1 && home.some((one) => one.age < 14) && home.every((one) => one.index < 2990)
      if (!whole || home.every((one) => one.age < 16)) continue
      families++
      const eldest = Math.max(...home.map((one) => one.age))
      for (const one of home) if (one.age < 14) expect(eldest - one.age).toBeGreaterThan(15)
    }
    expect(families).toBeGreaterThan(100)
  })

  test('uses only numbers and addresses that are nobody\u2019s', () => {
    for (const { patient } of people) {
      expect(patient.postcode).toMatch(/^ZZ[1-8] \d[A-Z]{2}$/)
      expect(patient.phone ?? '01632 960000').toMatch(/^01632 960\d{3}$/)
      expect(patient.mobile ?? '07700 900000').toMatch(/^07700 900\d{3}$/)
      expect(patient.email ?? 'a@example.com').toMatch(
        /@(?:example\.com|[a-z]\d{5}\.example\.org)$/,
      )
      expect(patient.registeredOn >= patient.bornOn && patient.registeredOn <= '2026-11-22').toBe(
        true,
      )
    }
  })
})

describe('demoPeople', () => {
  test('gives each practice its parts and its staff, each with an address of their own', () => {
    const cast = demoPeople({ seed: 1, practices: 40, patients: 10 })
    expect(cast).toHaveLength(40 * (castSize + 7))
    expect(new Set(cast.map((person) => `${person.face} ${person.email}`)).size).toBe(cast.length)
    expect(cast[0]?.email).toBe('ann.patel@example.com')
    expect(cast[0]?.subjectId).toBe(people[0]?.patient.patientId)
  })
})

describe('inventedSurname', () => {
  test('is nobody\u2019s name on the lists, and another for each of many numbers', () => {
    const names = new Set(Array.from({ length: 40_000 }, (_, number) => inventedSurname(1, number)))
    expect(names.size).toBe(40_000)
    const listed = [...Object.values(nameLists), ...eras]
      .flatMap((list) => Object.values(list).flat())
      .map(String)
    for (const name of listed) expect(names.has(name)).toBe(false)
  })
})
