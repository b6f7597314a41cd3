import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import type { DisclosedEntry } from '../../disclosure.ts'
import { present, type BundleContext, type Resource } from './parts.ts'
import { resourceOf } from './resources.ts'

/** Whose record it is, as far as the reader is told. */
export interface ExportedPatient {
  readonly patientId: Id<'Patient'>
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly nhsNumber?: string
}

/**
 * Disclosed entries as a FHIR R4 collection. Nothing in it refers to anything that is not in it.
 * Source: UK Core R4.
 */
export function bundleOf(
  patient: ExportedPatient,
  entries: readonly DisclosedEntry[],
  now: Date,
): Resource {
  const context = contextOf(patient, entries)
  const resources = entries.flatMap((entry) => {
    const resource = resourceOf(entry, context)
    return resource ? [{ fullUrl: urn(entry.entryId), resource }] : []
  })
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: now.toISOString(),
    entry: [{ fullUrl: urn(patient.patientId), resource: patientOf(patient) }, ...resources],
  }
}

const placeOnly = new Set(['topic', 'heading', 'issue'])

function contextOf(patient: ExportedPatient, entries: readonly DisclosedEntry[]): BundleContext {
  const nameOf = (source: string, key: string) => `${source} ${key}`
  const included = entries.filter((entry) => !placeOnly.has(entry.kind))
  const byKey = new Map(included.map((entry) => [nameOf(entry.source, entry.sourceKey), entry]))
  const below = Map.groupBy(
    included.filter((entry) => entry.kind === 'result'),
    (entry) => nameOf(entry.source, entry.parentKey ?? ''),
  )
  return {
    subject: { reference: urn(patient.patientId) },
    referenceTo: (source, key) => {
      const entry = key === undefined ? undefined : byKey.get(nameOf(source, key))
      return entry?.kind === 'consultation' ? { reference: urn(entry.entryId) } : undefined
    },
    referencesBelow: ({ source, sourceKey }) =>
      (below.get(nameOf(source, sourceKey)) ?? []).map((entry) => ({
        reference: urn(entry.entryId),
      })),
  }
}

function patientOf(patient: ExportedPatient): Resource {
  return present({
    resourceType: 'Patient',
    id: patient.patientId,
    identifier:
      patient.nhsNumber === undefined
        ? undefined
        : [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: patient.nhsNumber }],
    name: [{ use: 'official', family: patient.familyName, given: [patient.givenName] }],
    gender: patient.sex,
    birthDate: patient.bornOn,
  })
}

const urn = (id: string) => `urn:uuid:${id}`
