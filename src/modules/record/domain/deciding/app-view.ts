import { disclose, type DisclosedEntry, type RecordGrant } from '../disclosure.ts'
import type { Section } from '../entry.ts'
import { sections } from '../sections.ts'
import type { Explanation } from './explain.ts'

/** What an app is given that a patient connects: of what they see themselves, only these parts. */
export function grantOfApp(grant: RecordGrant, parts: readonly Section[]): RecordGrant {
  const kept = sections.map(({ section }) => section).filter((part) => !parts.includes(part))
  return { ...grant, withheld: [...new Set([...(grant.withheld ?? []), ...kept])] }
}

/**
 * As `explained`, for an app with these parts: what the patient sees and the app does not is said so.
 * Asked of the function that decides what is disclosed.
 */
export function explainToApp(
  explained: Explanation,
  seen: DisclosedEntry | undefined,
  grant: RecordGrant | undefined,
  parts: readonly Section[],
): Explanation {
  if (!explained.isSeen || !seen || !grant) return explained
  const given = disclose([seen], [grantOfApp(grant, parts)])
  return given.length > 0 ? explained : { isSeen: false, why: 'app' }
}
