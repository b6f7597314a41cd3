import { parseWhen, type When } from './dates.ts'
import type { DraftMarker, EntryContent } from './draft-entry.ts'
import { compact, type FhirNode, nodeOf, nodesOf, textOf } from './fhir-node.ts'
import type { Resolver } from './references.ts'
import type { Source } from './sources.ts'

/** Something left out, changed or guessed while reading. `detail` is the source's own text. */
export interface Note {
  readonly about: string
  readonly path: string
  readonly what: string
  readonly detail?: string
}

/** What the readers of single resources need besides the resource. */
export interface Reading {
  readonly resolver: Resolver
  /** A structured record of a GP system, whose counts and statuses mean what GP Connect says. */
  readonly isGpConnect: boolean
  readonly note: (about: Source, what: string, detail?: string) => void
}

/** What a reader makes of a resource: an entry, or why it cannot be one. */
export type ReadResult = { readonly entry: EntryContent } | { readonly refused: string }

/** Why a resource without any words to show is refused. */
export const nameless = { refused: 'it has no words to name it by' } as const

/**
 * When an entry is recorded that does not say so: long ago, so that the narrower of a reader's two
 * access levels governs it, and the same in every import. Source: DOMAIN RA-5.
 */
const unknownRecording = new Date('1900-01-01T00:00:00Z')

/** The dates of an entry, from the first of each list that can be read. */
export function readDates(
  source: Source,
  reading: Reading,
  clinical: readonly unknown[],
  recorded: readonly unknown[],
): Pick<EntryContent, 'clinicalAt' | 'clinicalPrecision' | 'recordedAt'> {
  const when = firstWhen(source, reading, clinical)
  const written = firstWhen(source, reading, recorded)
  if (!written) reading.note(source, 'not said when it was recorded')
  return compact({
    clinicalAt: when?.at,
    clinicalPrecision: when?.precision,
    recordedAt: written?.at ?? when?.at ?? unknownRecording,
  })
}

function firstWhen(source: Source, reading: Reading, values: readonly unknown[]): When | undefined {
  for (const value of values) {
    const when = parseWhen(value)
    if (when) return when
    if (textOf(value))
      reading.note(source, 'a date that cannot be right was left out', textOf(value))
  }
  return undefined
}

/** What marks any resource as not for the patient: its labels, and being entered in error. */
export function readMarkers(source: Source, reading: Reading): readonly DraftMarker[] {
  const markers = new Set<DraftMarker>()
  for (const label of labelsOf(source.node)) {
    const code = (textOf(label['code']) ?? '').toUpperCase()
    if (code === 'NOPAT') markers.add('nopat')
    else if (!['', 'N', 'U', 'L', 'M', 'HTEST'].includes(code)) {
      markers.add('confidential')
      reading.note(source, 'a security label is taken to mean not for the patient', code)
    }
  }
  if (isEnteredInError(source.node)) markers.add('entered-in-error')
  return [...markers]
}

function labelsOf(node: FhirNode): readonly FhirNode[] {
  return [
    ...nodesOf(nodeOf(node['meta'])?.['security']),
    ...nodesOf(node['securityLabel']).flatMap((label) => nodesOf(label['coding'])),
    ...nodesOf(node['confidentiality']).flatMap((label) => nodesOf(label['coding'])),
    ...(typeof node['confidentiality'] === 'string' ? [{ code: node['confidentiality'] }] : []),
  ]
}

function isEnteredInError(node: FhirNode): boolean {
  return (['status', 'verificationStatus'] as const).some((name) => {
    const codes = [
      textOf(node[name]),
      ...nodesOf(nodeOf(node[name])?.['coding']).map((coding) => textOf(coding['code'])),
    ]
    return codes.includes('entered-in-error') || codes.includes('refuted')
  })
}

/** The code of a status, written as a code (STU3) or as a CodeableConcept (R4). */
export function statusOf(value: unknown): string | undefined {
  return textOf(value) ?? textOf(nodesOf(nodeOf(value)?.['coding'])[0]?.['code'])
}

/** The first value of a choice element: `choice(node, 'onset', 'DateTime', 'Period.start')`. */
export function choices(
  node: FhirNode,
  name: string,
  ...forms: readonly string[]
): readonly unknown[] {
  return forms.map((form) => {
    const [type = '', member] = form.split('.')
    const value = node[`${name}${type}`]
    return member ? nodeOf(value)?.[member] : value
  })
}
