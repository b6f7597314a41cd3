import type { Flag } from './assess.ts'

/** A reason to hold for what a text says of whose it is, where the expression found it. */
export function identityFlag(rule: string, found: RegExpMatchArray, why: string): Flag {
  const start = found.index ?? 0
  return {
    rule: `identity.${rule}`,
    category: 'wrong_patient',
    start,
    end: start + found[0].length,
    why,
  }
}

/** Both lists, one after the other: most are empty, and nothing is made for those. */
export function withMore(some: readonly Flag[], more: readonly Flag[]): readonly Flag[] {
  if (more.length === 0) return some
  return some.length === 0 ? more : [...some, ...more]
}

const kin =
  /\b(?:wife|husband|hubby|partner|spouse|bf|gf|boyfriend|girlfriend|son|daughter|dtr|brother|sister|bro|sis|mother|father|mum|mam|dad|uncle|aunt\w*|cousin|nephew|niece|gran\w*|nan|fhx?|family|child|children|kids?|baby|twins?|parents?|siblings?|neighbour|friend|carer|colleague|lodger|in-law)\b/i

/** Whether it speaks of relatives or others by what they are to the patient. */
export function speaksOfKin(text: string): boolean {
  return kin.test(text)
}
