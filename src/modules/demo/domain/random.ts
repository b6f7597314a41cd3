import { parseId, type Id } from '#kernel/id'

/** A stream of numbers that is the same for the same beginnings. Each call takes the next ones. */
export interface Random {
  /** From 0, below 1. */
  readonly next: () => number
  /** A whole number, both ends included. */
  readonly int: (low: number, high: number) => number
  readonly chance: (share: number) => boolean
  /** Throws where the list is empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** Picks by weight; weights need not add up to 1. Throws where the list is empty. */
  readonly weighted: <T>(choices: readonly (readonly [weight: number, choice: T])[]) => T
  /** Bell-shaped around `mean`; never further out than four `spread`s. */
  readonly normal: (mean: number, spread: number) => number
}

/** The stream that begins with these parts: the seed, then what it is for. */
export function randomFrom(...parts: readonly (string | number)[]): Random {
  const next = sfc32(...mixed(parts.join('|')))
  const pick = <T>(list: readonly T[]): T => required(list[Math.floor(next() * list.length)])
  return {
    next,
    pick,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (share) => next() < share,
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, choice] of choices) {
        left -= weight
        if (left < 0) return choice
      }
      return required(choices.at(-1))[1]
    },
    normal: (mean, spread) => mean + spread * bell(next),
  }
}

/** An id that is the same for the same parts: a UUID of version 8. Source: RFC 9562, section 5.8. */
export function idFrom<Name extends string>(...parts: readonly (string | number)[]): Id<Name> {
  const hex = mixed(parts.join('|'))
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  const text = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
  return required(parseId<Name>(text))
}

/** The value, which is known to be there. Throws where it is not: a fault of the generator. */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The generator looked for something that is not there')
  return value
}

function bell(next: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()))
  const value = radius * Math.cos(2 * Math.PI * next())
  return Math.max(-4, Math.min(4, value))
}

type Words = [number, number, number, number]

/** Four well-mixed 32-bit words out of a text, each multiplied and turned by its own constants. */
function mixed(text: string): Words {
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  let c = 0xc2b2ae35
  let d = 0x27d4eb2f
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (a >>> 15)
    c = Math.imul(c ^ code, 0x1b873593) ^ (b >>> 13)
    d = Math.imul(d ^ code, 0xcc9e2d51) ^ (c >>> 16)
  }
  return [avalanche(a ^ d), avalanche(b ^ a), avalanche(c ^ b), avalanche(d ^ c)]
}

function avalanche(word: number): number {
  let value = word
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97)
  return (value ^ (value >>> 15)) >>> 0
}

/** Small fast counting generator with 128 bits of state, warmed up. */
function sfc32(...state: Words): () => number {
  let [a, b, c, counter] = state
  const step = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let turn = 0; turn < 12; turn++) step()
  return step
}
