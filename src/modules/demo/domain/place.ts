import { randomFrom, type Random } from './random.ts'

const towns =
  `Harlowick Penbury Ashcombe Northwell Marlestone Tidebrook Kelderby Wexcliffe Brantham Vale
  Ottermouth Stonelow Fernhithe`
    .replace('Brantham Vale', 'Brantham-Vale')
    .split(/\s+/)
    .map((name) => name.replace('-', ' '))
const trees = 'Alder Beech Cherry Elm Hawthorn Hazel Holly Larch Lime Maple Rowan Willow'.split(' ')
const others =
  'Church Mill Station Bridge Castle Priory Market Quarry Orchard Meadow Canal Chapel'.split(' ')
const kinds = 'Road Street Lane Avenue Close Drive Gardens Terrace Way Court Crescent Grove'.split(
  ' ',
)
const inward = 'ABDEFGHJLNPQRSTUWXYZ'

/** An address that is nowhere: no town of these names, and no postcode area ZZ with such districts. */
export interface Address {
  readonly lines: readonly string[]
  readonly postcode: string
}

/** The invented town that a practice is in. */
export function townOf(seed: number, practiceIndex: number): string {
  const first = Math.floor(randomFrom(seed, 'town').next() * towns.length)
  return towns[(first + practiceIndex) % towns.length] ?? 'Harlowick'
}

export function homeAddress(random: Random, town: string, practiceIndex: number): Address {
  const street = `${random.pick(random.chance(0.5) ? trees : others)} ${random.pick(kinds)}`
  const number = random.int(1, 160)
  const flat = random.chance(0.14) ? [`Flat ${random.int(1, 24)}`] : []
  return {
    lines: [...flat, `${number} ${street}`, town],
    postcode: postcode(random, practiceIndex),
  }
}

/** Shaped like a postcode, in an area that Royal Mail does not use. */
export function postcode(random: Random, practiceIndex: number): string {
  const district = (practiceIndex % 8) + 1
  return `ZZ${district} ${random.int(1, 9)}${random.pick([...inward])}${random.pick([...inward])}`
}

/** A landline from the numbers that Ofcom keeps for drama: no one's. */
export function landline(random: Random): string {
  return `01632 960${String(random.int(0, 999)).padStart(3, '0')}`
}

/** A mobile from the numbers that Ofcom keeps for drama: no one's. */
export function mobile(random: Random): string {
  return `07700 900${String(random.int(0, 999)).padStart(3, '0')}`
}
