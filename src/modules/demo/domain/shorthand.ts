import type { Random } from './random.ts'

/**
 * The ways to say one part of a note: a list, or one text with bars between. An empty way, such as
 * after a bar at the end, lets the part be left out.
 */
export type Ways = string | readonly string[]

/** Parts of a note: one way of each is taken, and those that are not empty are joined. */
export type Phrases = readonly Ways[]

/**
 * A note put together from parts, in the shorthand that GPs type. `{d}` is a few days, `{w}` weeks,
 * `{side}` a side, `{t}` a temperature, `{p}` a pulse, `{sats}` a saturation, `{n}` a small number.
 */
export function compose(random: Random, phrases: Phrases): string {
  const parts = phrases
    .map((ways) => filled(random, random.pick(typeof ways === 'string' ? ways.split(' | ') : ways)))
    .filter((part) => part !== '')
  return parts.map((part) => (/[.?!]$/.test(part) ? part : `${part}.`)).join(' ')
}

function filled(random: Random, text: string): string {
  if (!text.includes('{')) return text
  return text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    if (slot === 'd') return `${random.int(2, 6)}/7`
    if (slot === 'w') return `${random.int(1, 8)}/52`
    if (slot === 'm') return `${random.int(2, 9)}/12`
    if (slot === 'side') return random.pick(['L', 'R'])
    if (slot === 't') return (36.2 + random.next() * 2).toFixed(1)
    if (slot === 'p') return String(random.int(62, 96))
    if (slot === 'sats') return String(random.int(95, 99))
    return String(random.int(2, 6))
  })
}
