import type { Brand } from '#kernel/brand'

/** A whole postcode in capitals with one space, such as LS1 4AP. Says nothing of its existence. */
export type Postcode = Brand<string, 'Postcode'>

/** Where somebody looks: how far their words go, from the area's letters to the whole postcode. */
export interface PostcodeSearch {
  /** The letters, such as LS. */
  readonly area: string
  /** What stands before the space, such as LS1. */
  readonly outward: string
  /** With the first digit after the space, such as LS1 4; absent where only the outward code is given. */
  readonly sector?: string | undefined
}

const outwardPattern = /^[A-Z]{1,2}[0-9][A-Z0-9]?$/
const wholePattern = /^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$/

/** Reads a whole postcode in any case and spacing, or `undefined`. */
export function parsePostcode(input: string): Postcode | undefined {
  const parts = wholePattern.exec(bare(input))
  return parts ? (`${parts[1]} ${parts[2]}` as Postcode) : undefined
}

/** Reads what a person looks for as a place: a postcode or its first half. Otherwise `undefined`. */
export function parsePostcodeSearch(input: string): PostcodeSearch | undefined {
  const typed = bare(input)
  const parts = wholePattern.exec(typed)
  const outward = parts?.[1] ?? (outwardPattern.test(typed) ? typed : undefined)
  if (outward === undefined) return undefined
  const area = outward.replace(/[0-9].*$/, '')
  return { area, outward, sector: parts ? `${outward} ${parts[2]?.slice(0, 1)}` : undefined }
}

function bare(input: string): string {
  return input.replaceAll(/\s/g, '').toUpperCase()
}
