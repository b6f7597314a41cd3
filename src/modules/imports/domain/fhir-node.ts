/** A JSON object of which nothing is known. */
export type FhirNode = Readonly<Record<string, unknown>>

/** The value as an object, or `undefined`; a list of one counts as its only member. */
export function nodeOf(value: unknown): FhirNode | undefined {
  if (Array.isArray(value)) return value.length === 1 ? nodeOf(value[0]) : undefined
  return value !== null && typeof value === 'object' ? (value as FhirNode) : undefined
}

/** The members of a list; a single value counts as a list of one, as it does in FHIR XML. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The objects in a list, or the one object; anything else in it is left out. */
export function nodesOf(value: unknown): readonly FhirNode[] {
  return listOf(value).flatMap((member) => {
    const node = nodeOf(member)
    return node ? [node] : []
  })
}

/** Text without surrounding space; a number or truth value counts as its text, an empty text as none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return undefined
  return value.trim() || undefined
}

/** The texts in a list, or the one text. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((member) => textOf(member) ?? [])
}

/** A finite number, also where it is written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(value.trim())) {
    return undefined
  }
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** A truth value, also where it is written as text. */
export function flagOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return undefined
}

/** A value without its members that are `undefined`. */
type Compact<Value> = {
  [K in keyof Value as undefined extends Value[K] ? never : K]: Value[K]
} & { [K in keyof Value as undefined extends Value[K] ? K : never]?: Exclude<Value[K], undefined> }

/** Leaves out the members that are `undefined`, so that an absent one is absent. */
export function compact<Value extends object>(value: Value): Compact<Value> {
  const present = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(present) as Compact<Value>
}
