import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { LocalDate } from '#kernel/time'
import type { CastMember } from './cast.ts'
import { castMember, castSize } from './cast.ts'
import { dateOf, dayAt, yearOf, yearsBetween, type Day } from './days.ts'
import { householdsOf, membersPerBlock, type Member } from './households.ts'
import { languageOf } from './languages.ts'
import { givenName } from './names.ts'
import { nhsNumberFor } from './nhs-numbers.ts'
import { homeAddress, landline, mobile, type Address } from './place.ts'
import type { DemoPractice, DemoStaff } from './practice.ts'
import { idFrom, randomFrom, required, type Random } from './random.ts'

/** A person on the list, as the directory keeps them, and what the generator knows besides. */
export interface DemoPatient {
  readonly patientId: Id<'Patient'>
  readonly nhsNumber: NhsNumber
  readonly title: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly sex: 'female' | 'male'
  readonly addressLines: readonly string[]
  readonly postcode: string
  readonly phone?: string
  readonly mobile?: string
  readonly email?: string
  readonly registration: 'active'
  readonly registeredOn: LocalDate
  readonly usualClinician: string
  readonly usualStaffId: Id<'Staff'>
  readonly household: string
  /** The second site, for those who use it. */
  readonly siteId?: Id<'Site'>
  readonly isCarer: boolean
  /** As ISO 639 has it; absent for those whom nobody has asked. */
  readonly language?: string
}

/** A patient with what their record is made from. `index` is their number in the practice from 0. */
export interface Person {
  readonly index: number
  readonly patient: DemoPatient
  readonly born: Day
  readonly age: number
  readonly inCareHome: boolean
  readonly cast?: CastMember
}

/** The person with this number, the same whoever else is made. */
export function personAt(seed: number, practice: DemoPractice, index: number, today: Day): Person {
  const random = randomFrom(seed, 'person', practice.index, index)
  const cast = castMember(practice.index, index)
  if (cast) return castPerson(seed, practice, index, today, random, cast)

  const place = index - castSize
  const block = Math.floor(place / membersPerBlock)
  const home = required(householdsOf(seed, practice, block)[place % membersPerBlock])
  const born = birthday(random, home, today)
  const bornIn = yearOf(born)
  return finished(seed, practice, index, today, random, {
    sex: home.sex,
    born,
    given: givenName(random, home.origin, home.sex, bornIn),
    family: home.family,
    address: home.address,
    household: home.household,
    ...(home.phone !== undefined && { phone: home.phone }),
    inCareHome: home.inCareHome,
    language: languageOf(randomFrom(seed, 'language', practice.index, index), home.origin),
  })
}

interface Sketch {
  readonly sex: 'female' | 'male'
  readonly born: Day
  readonly given: string
  readonly family: string
  readonly address: Address
  readonly household: string
  readonly phone?: string
  readonly inCareHome: boolean
  readonly language?: string | undefined
  readonly cast?: CastMember
}

function castPerson(
  seed: number,
  practice: DemoPractice,
  index: number,
  today: Day,
  random: Random,
  cast: CastMember,
): Person {
  return finished(seed, practice, index, today, random, {
    sex: cast.sex,
    born: dayAt(yearOf(today) - cast.age - 1, random.int(1, 12), random.int(1, 28)),
    given: cast.given,
    family: cast.family,
    address: homeAddress(random, practice.town, practice.index),
    household: `cast-${index}`,
    phone: landline(random),
    inCareHome: false,
    cast,
  })
}

function finished(
  seed: number,
  practice: DemoPractice,
  index: number,
  today: Day,
  random: Random,
  sketch: Sketch,
): Person {
  const age = yearsBetween(sketch.born, today)
  const since = Math.max(sketch.born, today - 30 * 365)
  const registered =
    sketch.born + Math.floor((today - sketch.born) * random.next() * (age < 10 ? 0.2 : 0.9))
  const usual = (one: DemoStaff) => one.name.startsWith('Dr ')
  const [site] = practice.sites
  const patient: DemoPatient = {
    patientId: idFrom<'Patient'>(seed, 'patient', practice.index, index),
    nhsNumber: nhsNumberFor(practice.index, index),
    title: titleOf(random, sketch.sex, age),
    givenName: sketch.given,
    familyName: sketch.family,
    bornOn: dateOf(sketch.born),
    sex: sketch.sex,
    addressLines: sketch.address.lines,
    postcode: sketch.address.postcode,
    ...(sketch.phone !== undefined && { phone: sketch.phone }),
    ...(age >= 14 && random.chance(0.9) && { mobile: mobile(random) }),
    ...emailOf(sketch, practice, index, age, random),
    registration: 'active',
    registeredOn: dateOf(Math.max(since, registered)),
    ...usualOf(random.pick(practice.staff.filter(usual))),
    household: sketch.household,
    ...(site && index % 5 === 3 && { siteId: site.siteId }),
    isCarer: age >= 18 && index % 23 === 7,
    ...(sketch.language !== undefined && { language: sketch.language }),
  }
  const { born, inCareHome, cast } = sketch
  return { index, patient, born, age, inCareHome, ...(cast && { cast }) }
}

function usualOf({ name, staffId }: DemoStaff) {
  return { usualClinician: name, usualStaffId: staffId }
}

function birthday(random: Random, home: Member, today: Day): Day {
  const longAgo = Math.floor(home.age * 365.2425) + random.int(2, 360)
  return today - longAgo
}

function titleOf(random: Random, sex: 'female' | 'male', age: number): string {
  if (age < 16) return sex === 'female' ? 'Miss' : 'Master'
  if (sex === 'male') return 'Mr'
  if (age < 30) return random.pick(['Ms', 'Miss', 'Miss'])
  return random.pick(['Mrs', 'Mrs', 'Mrs', 'Ms', 'Miss'])
}

function emailOf(
  sketch: Sketch,
  practice: DemoPractice,
  index: number,
  age: number,
  random: Random,
): { readonly email?: string } {
  if (sketch.cast) return { email: sketch.cast.email }
  if (age < 16 || !random.chance(age > 75 ? 0.4 : 0.85)) return {}
  const code = practice.code.toLowerCase()
  const name = `${sketch.given}.${sketch.family}`.toLowerCase()
  return { email: `${name}.${index}@${code}.example.org` }
}
