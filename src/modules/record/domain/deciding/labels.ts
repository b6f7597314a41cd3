/** The label of what must not be shown to the patient, as records are sent between practices with it. Source: DOMAIN RD-7. */
const nopat = { system: 'http://hl7.org/fhir/v3/ActCode', code: 'NOPAT' } as const

/** A stored resource, and whether staff here keep its entry from the patient. */
export interface Labelled {
  readonly resource: unknown
  readonly isKeptBack: boolean
}

/** Who the record is about. */
export interface LabelledPatient {
  readonly nhsNumber: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: string
  readonly sex: string
}

type Json = Readonly<Record<string, unknown>>

/**
 * A bundle of everything that GP systems gave, each resource as it came, with the label on what staff
 * keep back, so that the next practice's system keeps it back too. A label that is there already
 * stays. What is released only in part is labelled: the other system would show all of it.
 *
 * Source: DOMAIN RD-7, INTEROP D2. Hazard: what was withheld is shown after a move.
 */
export function labelledBundle(items: readonly Labelled[], patient: LabelledPatient): Json {
  const resources = items.flatMap(({ resource, isKeptBack }) => {
    const json = jsonOf(resource)
    return json ? [isKeptBack ? withLabel(json) : json] : []
  })
  const person = {
    resourceType: 'Patient',
    id: patientIdIn(resources) ?? 'patient',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: patient.nhsNumber }],
    name: [{ use: 'official', given: [patient.givenName], family: patient.familyName }],
    birthDate: patient.bornOn,
    gender: patient.sex,
  }
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [person, ...resources].map((resource) => ({ resource })),
  }
}

function withLabel(resource: Json): Json {
  const meta = jsonOf(resource['meta']) ?? {}
  const security = Array.isArray(meta['security']) ? meta['security'] : []
  const isLabelled = security.some((one: unknown) => jsonOf(one)?.['code'] === nopat.code)
  return isLabelled
    ? resource
    : { ...resource, meta: { ...meta, security: [...(security as readonly unknown[]), nopat] } }
}

/** The id by which the resources refer to their patient. */
function patientIdIn(resources: readonly Json[]): string | undefined {
  for (const resource of resources) {
    const reference = (jsonOf(resource['subject']) ?? jsonOf(resource['patient']))?.['reference']
    const id =
      typeof reference === 'string' ? /Patient\/([\w.-]+)$/.exec(reference)?.[1] : undefined
    if (id) return id
  }
  return undefined
}

function jsonOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined
}
