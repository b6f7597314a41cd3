import type { OdsCode } from '#kernel/ods-code'
import { idSystems, odsIdentifier, urn } from './fhir-words.ts'
import type { PrescriptionOrder } from './order-facts.ts'
import { medicationRequestOf } from './order-item.ts'
import { organizationOf, patientOf, practitionerOf, roleOf } from './order-people.ts'

/**
 * The prescription-order message of an approved set: FHIR R4, as the primary care examples of the
 * Electronic Prescription Service are. How often and by which way a medicine is taken stands in the
 * words of its dose alone, since the record has it in words. The signature says who approved and
 * when, without data: the prescribing system signs with the prescriber's own card.
 *
 * Source: NHSDigital/electronic-prescription-service-api, examples of 30 April 2026.
 */
export function prescriptionOrderOf(order: PrescriptionOrder): fhir4.Bundle<fhir4.FhirResource> {
  const { partIds, items } = order
  return {
    resourceType: 'Bundle',
    id: partIds.bundle,
    identifier: { system: idSystems.uuid, value: order.messageId },
    type: 'message',
    entry: [
      entryOf(partIds.header, headerOf(order)),
      ...items.map((item) => entryOf(item.lineId, medicationRequestOf(order, item))),
      entryOf(partIds.patient, patientOf(order.patient, order.practice.odsCode)),
      entryOf(partIds.role, roleOf(order)),
      entryOf(partIds.practitioner, practitionerOf(order.prescriber)),
      entryOf(partIds.organization, organizationOf(order.practice)),
      entryOf(partIds.provenance, provenanceOf(order)),
    ],
  }
}

function entryOf(id: string, resource: fhir4.FhirResource): fhir4.BundleEntry<fhir4.FhirResource> {
  return { fullUrl: urn(id), resource }
}

function headerOf({ partIds, items, practice, pharmacy }: PrescriptionOrder): fhir4.FhirResource {
  return {
    resourceType: 'MessageHeader',
    eventCoding: {
      system: 'https://fhir.nhs.uk/CodeSystem/message-event',
      code: 'prescription-order',
      display: 'Prescription Order',
    },
    destination: [
      {
        endpoint: directoryOf(pharmacy.odsCode),
        receiver: { identifier: odsIdentifier(pharmacy.odsCode), display: pharmacy.name },
      },
    ],
    sender: { identifier: odsIdentifier(practice.odsCode), display: practice.name },
    source: { endpoint: directoryOf(practice.odsCode) },
    focus: [...items.map(({ lineId }) => lineId), partIds.role, partIds.patient].map((id) => ({
      reference: urn(id),
    })),
  }
}

function directoryOf(odsCode: OdsCode): string {
  return `https://directory.spineservices.nhs.uk/STU3/Organization/${odsCode}`
}

function provenanceOf({ partIds, items, approvedAt }: PrescriptionOrder): fhir4.FhirResource {
  const who = { reference: urn(partIds.role) }
  return {
    resourceType: 'Provenance',
    id: partIds.provenance,
    target: items.map(({ lineId }) => ({ reference: urn(lineId) })),
    recorded: approvedAt.toISOString(),
    agent: [{ who }],
    signature: [
      {
        type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1' }],
        when: approvedAt.toISOString(),
        who,
      },
    ],
  }
}
