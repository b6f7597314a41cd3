import { familyName } from './names.ts'
import { originShares, type Origin } from './name-lists.ts'
import { homeAddress, landline, type Address } from './place.ts'
import type { DemoPractice } from './practice.ts'
import { randomFrom, type Random } from './random.ts'

/** One person of a household, before they have a name and a birthday. */
export interface Member {
  readonly household: string
  readonly age: number
  readonly sex: 'female' | 'male'
  readonly origin: Origin
  readonly family: string
  readonly address: Address
  readonly phone?: string
  readonly inCareHome: boolean
}

/** Patients are laid out in blocks, each by itself, so that any part of a practice can be made alone. */
export const membersPerBlock = 60

interface Kind {
  readonly share: number
  readonly ages: (random: Random) => readonly number[]
  /** Whether those who live there carry one family name. */
  readonly related: boolean
  readonly careHome?: true
}

/**
 * Kinds of household. The shares are set so that ages come out as England's: about 18 in 100 under
 * 15 and 19 in 100 over 64. Source: rounded from ONS mid-year estimates.
 */
const kinds: readonly Kind[] = [
  { share: 12, related: true, ages: (random) => [random.int(23, 64)] },
  { share: 10, related: true, ages: (random) => [random.int(65, 93)] },
  { share: 11, related: true, ages: (random) => couple(random, 64, 87) },
  { share: 17, related: true, ages: (random) => couple(random, 28, 68) },
  { share: 20, related: true, ages: (random) => family(random, 2) },
  { share: 6, related: true, ages: (random) => family(random, 1) },
  { share: 5, related: true, ages: grownUp },
  { share: 2.5, related: false, ages: (random) => several(random, 3, 5, 18, 24) },
  { share: 4, related: false, ages: (random) => several(random, 2, 4, 22, 38) },
  { share: 0.35, related: false, careHome: true, ages: (random) => several(random, 5, 9, 78, 98) },
]

const remembered: { key: string; members: readonly Member[] } = { key: '', members: [] }

/** The members of the households of one block, always `membersPerBlock` of them. */
export function householdsOf(
  seed: number,
  practice: DemoPractice,
  block: number,
): readonly Member[] {
  const key = `${seed}|${practice.index}|${block}`
  if (remembered.key === key) return remembered.members
  const random = randomFrom(seed, 'households', practice.index, block)
  const members: Member[] = []
  for (let number = 0; members.length < membersPerBlock; number++) {
    members.push(...household(random, practice, `h-${block}-${number}`))
  }
  remembered.key = key
  remembered.members = members.slice(0, membersPerBlock)
  return remembered.members
}

function household(random: Random, practice: DemoPractice, name: string): readonly Member[] {
  const kind = random.weighted(kinds.map((one) => [one.share, one] as const))
  const origin = random.weighted(originShares)
  const shared = familyName(random, origin)
  const home = homeAddress(random, practice.town, practice.index)
  const address = kind.careHome
    ? { ...home, lines: ['Rosemount Care Home', ...home.lines.slice(-2)] }
    : home
  const phone = random.chance(0.6) ? landline(random) : undefined
  const firstSex = random.chance(0.5) ? 'female' : 'male'
  return kind.ages(random).map((age, place) => {
    const own = kind.related ? origin : random.weighted(originShares)
    return {
      household: name,
      age,
      sex: sexOf(random, kind, place, firstSex, age),
      origin: own,
      family: kind.related ? shared : familyName(random, own),
      address,
      ...(phone !== undefined && { phone }),
      inCareHome: kind.careHome === true,
    }
  })
}

function sexOf(
  random: Random,
  kind: Kind,
  place: number,
  first: 'female' | 'male',
  age: number,
): 'female' | 'male' {
  const other = first === 'female' ? 'male' : 'female'
  if (place === 0 && kind.related) return age > 75 && random.chance(0.25) ? 'female' : first
  if (place === 1 && kind.related && age > 20) return random.chance(0.97) ? other : first
  return random.chance(age > 80 ? 0.65 : 0.5) ? 'female' : 'male'
}

function couple(random: Random, youngest: number, oldest: number): readonly number[] {
  const age = random.int(youngest, oldest)
  return [age, Math.max(20, age + random.int(-5, 4))]
}

function family(random: Random, adults: 1 | 2): readonly number[] {
  const children = random.weighted([
    [40, 1],
    [43, 2],
    [14, 3],
    [3, 4],
  ] as const)
  const youngest = random.int(0, 16)
  const ages = Array.from(
    { length: children },
    (_, place) => youngest + place * random.int(2, 3),
  ).filter((age) => age <= 19)
  const parent = (ages.at(-1) ?? youngest) + random.int(22, 38)
  const parents = adults === 2 ? [parent, parent + random.int(-4, 5)] : [parent]
  return [...parents, ...ages]
}

function grownUp(random: Random): readonly number[] {
  const child = random.int(19, 32)
  const parent = child + random.int(24, 34)
  return [parent, parent + random.int(-3, 4), child]
}

function several(
  random: Random,
  fewest: number,
  most: number,
  youngest: number,
  oldest: number,
): readonly number[] {
  return Array.from({ length: random.int(fewest, most) }, () => random.int(youngest, oldest))
}
