/**
 * How well NHS login knows somebody: only how to reach them (P0), matched to the national
 * demographics (P5), or proved with photo identity (P9). Source: DOMAIN ID-1.
 */
export type IdentityLevel = 'P0' | 'P5' | 'P9'

/** The vectors of trust asked for at sign-in: any level, each with two factors or a passkey. */
export const anyLevel: readonly string[] = ['P9', 'P5', 'P0'].flatMap(vectorsOf)

/** The vectors of trust asked for where identity has to be proved. */
export const provedLevel: readonly string[] = vectorsOf('P9')

function vectorsOf(level: string): readonly string[] {
  return ['Cp.Cd', 'Cp.Ck', 'Cm'].map((credential) => `${level}.${credential}`)
}

/** The level of a vector that was asked for, or `undefined` for one that was not. */
export function levelOf(vector: unknown, asked: readonly string[]): IdentityLevel | undefined {
  if (typeof vector !== 'string') return undefined
  const found = asked.find((one) => sameParts(one, vector))
  const level = found?.slice(0, 2)
  return level === 'P0' || level === 'P5' || level === 'P9' ? level : undefined
}

/** The parts of a vector may come in any order. Source: RFC 8485, section 3.1. */
function sameParts(one: string, other: string): boolean {
  const parts = (vector: string) => vector.split('.').toSorted().join('.')
  return parts(one) === parts(other)
}
