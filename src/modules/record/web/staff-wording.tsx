import type { VNode } from 'preact'
import { formatDate, type LocalDate } from '#kernel/time'
import type { DecidingRole, Lane } from '../domain/deciding/categories.ts'
import type { Awaits, Ground, Outcome } from '../domain/decision.ts'
import type { Marker } from '../domain/entry.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import type { Reason } from '../domain/screening.ts'

export const groundNames: Readonly<Record<Ground, string>> = {
  'serious-harm': 'Serious harm',
  'third-party': 'Information about someone else',
  'safeguarding-or-legal': 'Safeguarding or legal',
  'patient-request': 'The patient asked for it',
  'wrong-patient': 'It is about someone else',
}

/** What each ground takes, for the person who chooses. Source: DOMAIN RD-4. */
export const groundHints: Readonly<Record<Ground, string>> = {
  'serious-harm':
    'Seeing it would be likely to cause serious harm to the physical or mental health of the patient or someone else. Only a clinician can decide this.',
  'third-party':
    'It was given by or is about someone who has not agreed, and who is not a health professional acting as one.',
  'safeguarding-or-legal': 'It is confidential for safeguarding, a court or another legal bar.',
  'patient-request':
    'The patient does not want it online, for instance because someone else might see it.',
  'wrong-patient': 'It was filed in the wrong record, and has to be moved in the GP system.',
}

const roleNames: Readonly<Record<DecidingRole, string>> = {
  'records-clerk': 'a records clerk',
  clinician: 'a clinician',
  'safeguarding-lead': 'the safeguarding lead',
  'ig-lead': 'the information governance lead',
}

export const laneNames: Readonly<Record<Lane, string>> = {
  clerk: 'Records clerk',
  clinician: 'Clinician',
  'safeguarding-lead': 'Safeguarding lead',
  'ig-lead': 'Information governance lead',
}

/** What a hiding waits for, besides its day. */
export const awaitsNames: Readonly<Record<Awaits, string>> = {
  day: 'Nothing else',
  told: 'The patient has been spoken to',
  result: 'Another result or letter has come',
  answer: 'The patient has answered',
}

/** "a clinician or the safeguarding lead". */
export function formatRoles(roles: readonly DecidingRole[]): string {
  return roles.map((role) => roleNames[role]).join(' or ')
}

const markerNames: Readonly<Record<Marker, string>> = {
  nopat: 'marked as not for the patient',
  confidential: 'confidential',
  draft: 'a draft',
  diary: 'a diary entry',
  unfiled: 'not filed yet',
  unreviewed: 'not reviewed yet',
  'entered-in-error': 'entered in error',
  administrative: 'an administrative note',
  'restricted-context': 'part of something marked as not for the patient',
}

/** Why the source never lets it be shown: "In the GP system it is not filed yet". */
export function formatMarkers(markers: readonly Marker[]): string {
  return `In the GP system it is ${markers.map((marker) => markerNames[marker]).join(', and ')}`
}

/** Whether the patient sees an entry, in a few words. */
export function formatState(state: {
  readonly markers: readonly Marker[]
  readonly isClosed: boolean
  readonly isCurrent: boolean
  readonly outcome?: Outcome | undefined
  readonly reviewOn?: LocalDate | undefined
  readonly isPart?: boolean | undefined
  readonly proposes?: boolean | undefined
}): string {
  if (state.isClosed) return 'No longer in the GP system'
  if (state.outcome === 'withheld')
    return `Withheld${state.reviewOn ? `, review ${formatDate(state.reviewOn)}` : ''}`
  if (state.markers.length > 0) return 'Never shown'
  if (state.outcome === 'hidden')
    return `Hidden${state.reviewOn ? ` until ${formatDate(state.reviewOn)}, and then until somebody decides` : ''}`
  if (state.proposes) return 'Waits for a second person'
  if (state.outcome !== 'released' || !state.isCurrent) return 'Held'
  return state.isPart ? 'Shown in part' : 'Shown'
}

/** The same for an entry with its standing. */
export function stateOf({ entry, isClosed, isDecided, standing }: StoredEntry): string {
  return formatState({
    markers: entry.markers ?? [],
    isClosed,
    isCurrent: isDecided,
    outcome: standing?.outcome,
    reviewOn: standing?.reviewOn,
    isPart: standing?.patientCopy !== undefined,
    proposes: standing?.proposes,
  })
}

/** A text with the words that the rules fired on marked. */
export function MarkedText({
  text,
  reasons,
}: {
  readonly text: string
  readonly reasons: readonly Reason[]
}) {
  const words = [...new Set(reasons.flatMap((reason) => reason.marks ?? []))].filter(
    (word) => word.trim() !== '',
  )
  if (words.length === 0) return <>{text}</>
  const pattern = new RegExp(
    `(${words
      .toSorted((a, b) => b.length - a.length)
      .map(escapePattern)
      .join('|')})`,
    'gi',
  )
  const known = new Set(words.map((word) => word.toLowerCase()))
  const parts: readonly (VNode | string)[] = text
    .split(pattern)
    .map((part) => (known.has(part.toLowerCase()) ? <mark class="app-mark">{part}</mark> : part))
  return <>{parts}</>
}

function escapePattern(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
