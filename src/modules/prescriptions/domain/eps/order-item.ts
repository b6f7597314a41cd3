import { idSystems, odsIdentifier, snomed, urn } from './fhir-words.ts'
import type { PrescribedItem, Prescriber, PrescriptionOrder } from './order-facts.ts'

const extensions = 'https://fhir.nhs.uk/StructureDefinition'
const repeatInformation =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationRepeatInformation'

/** What kind of prescription the prescriber's register makes it. */
const prescriptionTypes: Readonly<
  Record<Prescriber['register'], { readonly code: string; readonly display: string }>
> = {
  gmc: { code: '0101', display: 'Primary Care Prescriber - Medical Prescriber' },
  nmc: {
    code: '0104',
    display: 'Primary Care Prescriber - Nurse Independent/Supplementary prescriber',
  },
  gphc: {
    code: '0108',
    display: 'Primary Care Prescriber - Pharmacist Independent/Supplementary prescriber',
  },
}

/**
 * One medicine of a prescription. A repeat is an instance of its authorisation where the record says
 * how many issues that has and how long it holds; else an order of its own.
 */
export function medicationRequestOf(
  order: PrescriptionOrder,
  item: PrescribedItem,
): fhir4.MedicationRequest {
  const { partIds, kind, prescriber } = order
  const repeat = repeatOf(order, item)
  return {
    resourceType: 'MedicationRequest',
    extension: [typeExtension(prescriber), ...(repeat?.extension ?? [])],
    identifier: [{ system: idSystems.itemNumber, value: item.lineId }],
    status: 'active',
    intent: repeat ? 'instance-order' : 'order',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category',
            code: 'community',
            display: 'Community',
          },
        ],
      },
    ],
    medicationCodeableConcept: { coding: [{ system: snomed, ...item.drug }] },
    subject: { reference: urn(partIds.patient) },
    requester: { reference: urn(partIds.role) },
    ...(repeat && { basedOn: repeat.basedOn }),
    groupIdentifier: groupOf(order),
    courseOfTherapyType: { coding: [kind === 'repeat' ? continuous : acute] },
    dosageInstruction: [{ text: item.dose }],
    dispenseRequest: dispenseOf(order, item, repeat !== undefined),
    substitution: { allowedBoolean: false },
  }
}

const therapy = 'http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy'
const continuous = { system: therapy, code: 'continuous', display: 'Continuous long term therapy' }
const acute = { system: therapy, code: 'acute', display: 'Short course (acute) therapy' }

function typeExtension({ register }: Prescriber): fhir4.Extension {
  return {
    url: `${extensions}/Extension-DM-PrescriptionType`,
    valueCoding: {
      system: 'https://fhir.nhs.uk/CodeSystem/prescription-type',
      ...prescriptionTypes[register],
    },
  }
}

function repeatOf(
  { kind }: PrescriptionOrder,
  { issuesAllowed, authorisedUntil, authorisationId }: PrescribedItem,
): Required<Pick<fhir4.MedicationRequest, 'extension' | 'basedOn'>> | undefined {
  if (kind !== 'repeat' || issuesAllowed === undefined || authorisedUntil === undefined)
    return undefined
  return {
    extension: [
      {
        url: repeatInformation,
        extension: [{ url: 'authorisationExpiryDate', valueDateTime: authorisedUntil }],
      },
    ],
    basedOn: [
      {
        extension: [
          {
            url: `${extensions}/Extension-EPS-RepeatInformation`,
            extension: [{ url: 'numberOfRepeatsAllowed', valueInteger: issuesAllowed }],
          },
        ],
        identifier: { system: idSystems.itemNumber, value: authorisationId },
      },
    ],
  }
}

function groupOf(order: PrescriptionOrder): fhir4.MedicationRequest['groupIdentifier'] {
  return {
    system: idSystems.prescriptionNumber,
    value: order.prescriptionId,
    extension: [
      {
        url: `${extensions}/Extension-DM-PrescriptionId`,
        valueIdentifier: { system: idSystems.prescription, value: order.prescriptionUuid },
      },
    ],
  }
}

function dispenseOf(
  { pharmacy, approvedOn }: PrescriptionOrder,
  { quantity, durationDays }: PrescribedItem,
  isInstance: boolean,
): fhir4.MedicationRequestDispenseRequest {
  return {
    extension: [
      {
        url: `${extensions}/Extension-DM-PerformerSiteType`,
        valueCoding: {
          system: 'https://fhir.nhs.uk/CodeSystem/dispensing-site-preference',
          code: 'P1',
        },
      },
    ],
    validityPeriod: { start: approvedOn },
    ...(isInstance && { numberOfRepeatsAllowed: 0 }),
    quantity: { ...quantity, system: snomed },
    ...(durationDays !== undefined && {
      expectedSupplyDuration: {
        value: durationDays,
        unit: 'day',
        system: 'http://unitsofmeasure.org',
        code: 'd',
      },
    }),
    performer: { identifier: odsIdentifier(pharmacy.odsCode) },
  }
}
