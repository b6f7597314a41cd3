/** Fewest characters of a password. Source: NIST SP 800-63B-4, with a second factor. */
export const passwordMin = 10
/** Most characters: room for long phrases and for password managers. */
export const passwordMax = 200

/** Why a password cannot be chosen. */
export type PasswordRefusal = 'too-short' | 'too-long' | 'about-you' | 'too-common' | 'not-the-same'

/**
 * Whether a password may be chosen: long enough, not known from breaches, and not made of the
 * person's own name or address. Nothing is asked of the kinds of characters in it.
 */
export function whyNotPassword(
  password: string,
  known: { readonly isCommon: boolean; readonly about: readonly string[] },
): PasswordRefusal | undefined {
  const length = [...password].length
  if (length < passwordMin) return 'too-short'
  if (length > passwordMax) return 'too-long'
  if (known.isCommon) return 'too-common'
  const folded = password.toLowerCase()
  const parts = known.about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const isAbout = parts.some((part) => {
    if (part.length < 3 || !folded.includes(part)) return false
    // A name among enough other characters gives nothing away.
    return folded.replaceAll(part, '').replaceAll(/[^\p{L}]/gu, '').length < 6
  })
  return isAbout ? 'about-you' : undefined
}
