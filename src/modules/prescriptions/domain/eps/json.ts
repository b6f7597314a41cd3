/** JSON as it came: nothing is known of it but that it is JSON. */
export type Json = unknown

/** A member of an object, or `undefined` where this is no object or has no such member. */
export function memberOf(json: Json, name: string): Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.getOwnPropertyDescriptor(json, name)?.value
    : undefined
}

/** A member of a member, as far as the path goes. */
export function memberAt(json: Json, ...path: readonly string[]): Json {
  return path.reduce(memberOf, json)
}

/** The items of a list; none where this is no list. */
export function itemsOf(json: Json): readonly Json[] {
  return Array.isArray(json) ? json : []
}

/** Text that is not empty, or `undefined`. */
export function textOf(json: Json): string | undefined {
  return typeof json === 'string' && json !== '' ? json : undefined
}

/** Reads JSON, or `undefined` where it is none. */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
