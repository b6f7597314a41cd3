import type { OdsCode } from '#kernel/ods-code'

/** The systems that identifiers of a prescription come from. Source: INTEROP D7, EPS examples. */
export const idSystems = {
  uuid: 'https://tools.ietf.org/html/rfc4122',
  ods: 'https://fhir.nhs.uk/Id/ods-organization-code',
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  prescription: 'https://fhir.nhs.uk/Id/prescription',
  prescriptionNumber: 'https://fhir.nhs.uk/Id/prescription-order-number',
  itemNumber: 'https://fhir.nhs.uk/Id/prescription-order-item-number',
  roleProfile: 'https://fhir.nhs.uk/Id/sds-role-profile-id',
  sdsUser: 'https://fhir.nhs.uk/Id/sds-user-id',
  gmc: 'https://fhir.hl7.org.uk/Id/gmc-number',
  nmc: 'https://fhir.hl7.org.uk/Id/nmc-number',
  gphc: 'https://fhir.hl7.org.uk/Id/gphc-number',
  din: 'https://fhir.hl7.org.uk/Id/din-number',
} as const

/** SNOMED CT, of which the drug dictionary is part. */
export const snomed = 'http://snomed.info/sct'

/** How a message refers to its own parts. */
export function urn(id: string): string {
  return `urn:uuid:${id}`
}

/** An organisation by its code. */
export function odsIdentifier(odsCode: OdsCode): fhir4.Identifier {
  return { system: idSystems.ods, value: odsCode }
}
