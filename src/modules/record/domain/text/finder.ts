/**
 * What a text holds, as bits: those of its characters, and those of the words found in it. Figures
 * are all one, and so is all that is neither figure nor letter.
 */
export type Finder = (text: string) => number

/** What each sort of character says by itself, as bits; 0 where it says nothing. */
export interface Characters {
  readonly letter: number
  readonly figure: number
  /** Any character that is not ASCII. */
  readonly foreign: number
  /** Other characters, by what they say. */
  readonly marks: Readonly<Record<string, number>>
}

/** Words in small letters, a 0 for each figure and a _ for each other character, and what they say. */
export type Words = readonly (readonly [bits: number, words: readonly string[]])[]

const figure = 27
const kindBits = 5
const outside = 1 << 7

/**
 * Makes a finder that goes through a text once, however many words there are, as Aho and Corasick
 * have it. Capitals count as small letters; before and after a text stands a character of no sort.
 * Bits must be above the fifth.
 */
export function makeFinder(characters: Characters, words: Words): Finder {
  const { next, says } = automatonOf(words)
  const kinds = Int32Array.from({ length: outside }, (_, code) => kindOf(code, characters))
  const begin = next[0] ?? 0
  return (text) => {
    let found = 0
    let state = begin
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      const kind = code < outside ? (kinds[code] ?? 0) : characters.foreign
      state = next[(state << kindBits) | (kind & 31)] ?? 0
      found |= kind | (says[state] ?? 0)
    }
    return (found | (says[next[state << kindBits] ?? 0] ?? 0)) & -32
  }
}

function kindOf(code: number, { letter, figure: ofFigure, marks }: Characters): number {
  const character = String.fromCharCode(code)
  if (/[a-z]/i.test(character)) return letter | letterKind(code | 32)
  return /\d/.test(character) ? ofFigure | figure : (marks[character] ?? 0)
}

function letterKind(code: number): number {
  return code >= 97 && code <= 122 ? code - 96 : 0
}

/** States by number, 0 before anything is found: what follows each, and what is found with it. */
interface Automaton {
  readonly next: Uint16Array
  readonly says: Int32Array
}

function automatonOf(words: Words): Automaton {
  const states: (number | undefined)[][] = [[]]
  const says: number[] = [0]
  for (const [bits, list] of words)
    for (const word of list) {
      let state = 0
      for (const character of word) {
        const kind = character === '0' ? figure : letterKind(character.charCodeAt(0))
        const known = states[state]?.[kind]
        if (known === undefined) {
          states.push([])
          says.push(0)
        }
        const row = states[state]
        if (row) row[kind] = known ?? states.length - 1
        state = known ?? states.length - 1
      }
      says[state] = (says[state] ?? 0) | bits
    }
  return { next: joined(states, says), says: Int32Array.from(says) }
}

/** Where a word goes no further, what is left of it may begin another: nearer states come first. */
function joined(states: readonly (readonly (number | undefined)[])[], says: number[]): Uint16Array {
  const next = new Uint16Array(states.length << kindBits)
  const shorter = new Uint16Array(states.length)
  const queue = [0]
  for (const state of queue) {
    const from = (shorter[state] ?? 0) << kindBits
    says[state] = (says[state] ?? 0) | (says[shorter[state] ?? 0] ?? 0)
    for (let kind = 0; kind < 1 << kindBits; kind++) {
      const own = states[state]?.[kind]
      const other = state === 0 ? 0 : (next[from | kind] ?? 0)
      next[(state << kindBits) | kind] = own ?? other
      if (own === undefined) continue
      shorter[own] = other
      queue.push(own)
    }
  }
  return next
}
