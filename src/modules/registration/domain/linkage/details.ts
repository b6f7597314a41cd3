/** An account ID as it is printed: 12345 67890. */
export function formatAccountRef(accountRef: string): string {
  return `${accountRef.slice(0, 5)} ${accountRef.slice(5)}`
}

/** An account ID as typed, or `undefined` where it is not ten digits. */
export function parseAccountRef(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^\d{10}$/.test(digits) ? digits : undefined
}

/** A linkage key as it is printed, in capitals: ABCD-EFGH-JKMN. */
export function formatLinkageKey(key: string): string {
  return key.toUpperCase()
}

/** A linkage key however it was typed: capitals, spaces and hyphens are let go. */
export function comparableKey(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '')
}

/** Where details may be typed, with them filled in. For a square code on paper. */
export function signUpPath(details: {
  readonly practice: string
  readonly accountRef: string
  readonly key: string
}): string {
  const { practice, accountRef, key } = details
  return `/sign-up/letter?practice=${practice}&account=${accountRef}&key=${comparableKey(key)}`
}
