import { eras, nameLists, type Origin } from './name-lists.ts'
import { randomFrom, required, type Random } from './random.ts'

/** A given name that goes with the origin, the sex and the year of birth. */
export function givenName(
  random: Random,
  origin: Origin,
  sex: 'female' | 'male',
  bornIn: number,
): string {
  const own = nameLists[origin][sex]
  const era = required(eras.find((one) => bornIn < one.before))
  return random.pick(own.length > 0 ? own : era[sex])
}

export function familyName(random: Random, origin: Origin): string {
  return random.pick(nameLists[origin].family)
}

const onsets = split(`Thrap Quill Wren Brock Ock Skel Dun Harb Purl Tam Yarb Glan Sked Murk Ulf Crib
  Frod Jess Knap Lurg Nib Oll Pant Rimb Sowt Tolp Umb Vard Whel Yoll Zeal Addl Bask Chid Dremp Elph
  Fask Gorb Hisk Inkl Jarv Kest Loxt Mump Nest Orf Plim Quen Rusk Stank Twel Urch Vost Wisp`)
const middles =
  split(`a e i o u ar er or el al en in on an ow ay ing ell ock ett ish ub im ent ast ern
  and und ill oll`)
const ends =
  split(`combe thorpe wick by ford ton ley worth bury stead holme gate shaw field den hurst
  wood well dale mere croft garth hithe ridge beck cote fold ham law side stow thwaite`)
const all = onsets.length * middles.length * ends.length

/**
 * A surname that is in no list here, for what must be found again if it leaks. Different for each
 * number below about 50,000, and the same for the same seed.
 */
export function inventedSurname(seed: number, number: number): string {
  const offset = Math.floor(randomFrom(seed, 'surnames').next() * all)
  const place = (number * 7919 + offset) % all
  const onset = required(onsets[place % onsets.length])
  const middle = required(middles[Math.floor(place / onsets.length) % middles.length])
  const end = required(ends[Math.floor(place / (onsets.length * middles.length))])
  return `${onset}${middle}${end}`
}

function split(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
