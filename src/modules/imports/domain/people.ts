import { wordsOf } from './concepts.ts'
import { parseDay, parseWhen } from './dates.ts'
import { extensionOf } from './extensions.ts'
import { compact, type FhirNode, flagOf, nodeOf, nodesOf, textOf, textsOf } from './fhir-node.ts'
import { referenceDisplay, type Resolver } from './references.ts'
import type { Source } from './sources.ts'

/** A person as a file describes them; what is absent the file does not say. */
export interface Identity {
  /** As written, in the file's order; any may be masked or wrong. */
  readonly nhsNumbers: readonly string[]
  readonly title?: string
  readonly givenName?: string
  readonly familyName?: string
  /** Only where the file gives the whole day. */
  readonly bornOn?: string
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly phone?: string
  readonly mobile?: string
  readonly email?: string
  readonly registration: 'active' | 'temporary' | 'left' | 'deceased'
  readonly registeredOn?: string
  readonly registrationEndedOn?: string
  readonly usualClinician?: string
  /** Marked sensitive on the national demographics service. Source: DOMAIN RA-11. */
  readonly isSensitive: boolean
  /** The NHS number of who they turned out to be, as written: this entry is replaced by that one. */
  readonly replacedBy?: string
}

/** Reads a Patient. */
export function readIdentity(source: Source, resolver: Resolver): Identity {
  const { node } = source
  const name = preferred(nodesOf(node['name']), 'official', 'usual')
  const address = preferred(nodesOf(node['address']), 'home')
  const clinician = nodesOf(node['generalPractitioner'])[0]
  return compact({
    nhsNumbers: nhsNumbersOf(node),
    title: textsOf(name?.['prefix'])[0],
    givenName: textsOf(name?.['given']).join(' ') || undefined,
    familyName: textOf(name?.['family']) ?? textOf(name?.['text']),
    bornOn: parseDay(node['birthDate']),
    sex: sexOf(node['gender']),
    addressLines: addressLinesOf(address),
    postcode: textOf(address?.['postalCode']),
    ...telecomOf(node),
    ...registrationOf(node),
    usualClinician: clinician && personWords(clinician, source, resolver),
    replacedBy: replacementOf(source, resolver),
    isSensitive: nodesOf(nodeOf(node['meta'])?.['security']).some((label) =>
      ['R', 'V', 'REDACTED'].includes(textOf(label['code']) ?? ''),
    ),
  })
}

/** The NHS number of the person whose entry takes this one's place. Source: FHIR, Patient.link. */
function replacementOf(source: Source, resolver: Resolver): string | undefined {
  const links = nodesOf(source.node['link'])
  const other = links.find((link) => textOf(link['type']) === 'replaced-by')?.['other']
  if (other === undefined) return undefined
  const written = nhsNumbersOf({ identifier: nodeOf(other)?.['identifier'] })[0]
  const found = resolver.find(other, source)
  return written ?? (found && nhsNumbersOf(found.node)[0])
}

/** The NHS numbers among a resource's identifiers, as written. */
export function nhsNumbersOf(node: FhirNode): readonly string[] {
  return nodesOf(node['identifier']).flatMap((identifier) =>
    /nhs-number$/i.test(textOf(identifier['system']) ?? '')
      ? (textOf(identifier['value']) ?? [])
      : [],
  )
}

/** The NHS number written in a Reference instead of an address. */
export function referencedNhsNumber(reference: unknown): string | undefined {
  const identifier = nodeOf(nodeOf(reference)?.['identifier'])
  return identifier && nhsNumbersOf({ identifier })[0]
}

/** Dr Ann Okafor: the name of the person that a reference points at, as the source has it. */
export function personWords(
  reference: unknown,
  from: Source,
  resolver: Resolver,
): string | undefined {
  const person = resolver.find(reference, from)
  if (person?.type === 'PractitionerRole') {
    return personWords(person.node['practitioner'], person, resolver) ?? referenceDisplay(reference)
  }
  if (person?.type !== 'Practitioner') return person ? undefined : practitionerDisplay(reference)
  const name = nameWords(person.node)
  return name && isMessageParty(name) ? undefined : (name ?? referenceDisplay(reference))
}

/** GP systems write the ends of a laboratory's message as if they were people. */
function isMessageParty(name: string): boolean {
  return /^Message(Recipient|Sender|Originator)\b/i.test(name)
}

/** The name of the organisation, service or place that a reference points at. */
export function placeWords(
  reference: unknown,
  from: Source,
  resolver: Resolver,
): string | undefined {
  const place = resolver.find(reference, from)
  if (place && ['Practitioner', 'PractitionerRole', 'Patient'].includes(place.type)) {
    return place.type === 'PractitionerRole'
      ? placeWords(place.node['organization'], place, resolver)
      : undefined
  }
  if (place) return textOf(place.node['name']) ?? referenceDisplay(reference)
  const text = textOf(nodeOf(reference)?.['reference']) ?? ''
  return /^(Organization|Location|HealthcareService)\//.test(text)
    ? referenceDisplay(reference)
    : undefined
}

function practitionerDisplay(reference: unknown): string | undefined {
  const text = textOf(nodeOf(reference)?.['reference']) ?? ''
  return /^(Organization|Location|HealthcareService|Patient)\//.test(text)
    ? undefined
    : referenceDisplay(reference)
}

function nameWords(node: FhirNode): string | undefined {
  const name = preferred(nodesOf(node['name']), 'official', 'usual')
  if (!name) return undefined
  const parts = [...textsOf(name['prefix']), ...textsOf(name['given']), ...textsOf(name['family'])]
  return parts.join(' ') || textOf(name['text'])
}

function preferred(nodes: readonly FhirNode[], ...uses: readonly string[]): FhirNode | undefined {
  const inUse = nodes.filter((node) => node['use'] !== 'old')
  for (const use of uses) {
    const found = inUse.find((node) => node['use'] === use)
    if (found) return found
  }
  return inUse[0] ?? nodes[0]
}

function sexOf(gender: unknown): Identity['sex'] {
  return gender === 'female' || gender === 'male' || gender === 'other' ? gender : 'unknown'
}

function addressLinesOf(address: FhirNode | undefined): readonly string[] {
  if (!address) return []
  const lines = [
    ...textsOf(address['line']),
    ...textsOf(address['city']),
    ...textsOf(address['district']),
  ]
  return lines.length > 0 ? [...new Set(lines)] : textsOf(address['text'])
}

function telecomOf(node: FhirNode): Pick<Identity, 'phone' | 'mobile' | 'email'> {
  const contacts = nodesOf(node['telecom']).filter((contact) => contact['use'] !== 'old')
  const first = (system: string, isMobile?: boolean) =>
    textOf(
      contacts.find(
        (contact) =>
          contact['system'] === system &&
          (isMobile === undefined || (contact['use'] === 'mobile') === isMobile),
      )?.['value'],
    )
  return compact({
    phone: first('phone', false),
    mobile: first('phone', true),
    email: first('email'),
  })
}

function registrationOf(
  node: FhirNode,
): Pick<Identity, 'registration' | 'registeredOn' | 'registrationEndedOn'> {
  const details = extensionOf(node, 'registrationdetails')
  const period = nodeOf(extensionOf(details, 'registrationperiod')?.['valuePeriod'])
  const type = wordsOf(extensionOf(details, 'registrationtype')?.['valueCodeableConcept'])
  const hasDied =
    flagOf(node['deceasedBoolean']) ?? parseWhen(node['deceasedDateTime']) !== undefined
  const hasLeft = flagOf(node['active']) === false || textOf(period?.['end']) !== undefined
  const registration = hasDied
    ? 'deceased'
    : hasLeft
      ? 'left'
      : /temporary|emergency|immediately/i.test(type ?? '')
        ? 'temporary'
        : 'active'
  return compact({
    registration,
    registeredOn: parseDay(period?.['start']),
    registrationEndedOn: parseDay(period?.['end']),
  } as const)
}
