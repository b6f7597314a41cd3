import type { OdsCode } from '#kernel/ods-code'
import { idSystems, odsIdentifier, urn } from './fhir-words.ts'
import type {
  PrescribedPatient,
  Prescriber,
  PrescribingPractice,
  PrescriptionOrder,
} from './order-facts.ts'

/** The patient as the prescription names them. */
export function patientOf(patient: PrescribedPatient, practice: OdsCode): fhir4.Patient {
  const { title, addressLines, postcode } = patient
  return {
    resourceType: 'Patient',
    identifier: [{ system: idSystems.nhsNumber, value: patient.nhsNumber }],
    name: [
      {
        use: 'usual',
        family: patient.familyName,
        given: [patient.givenName],
        ...(title !== undefined && { prefix: [title] }),
      },
    ],
    gender: patient.sex,
    birthDate: patient.bornOn,
    address: [{ use: 'home', line: [...addressLines], postalCode: postcode }],
    generalPractitioner: [{ identifier: odsIdentifier(practice) }],
  }
}

/** The prescriber in the role in which they prescribe here. */
export function roleOf({
  prescriber,
  practice,
  partIds,
}: PrescriptionOrder): fhir4.PractitionerRole {
  const role = { code: prescriber.roleCode, display: prescriber.roleName }
  return {
    resourceType: 'PractitionerRole',
    identifier: [{ system: idSystems.roleProfile, value: prescriber.roleProfileId }],
    practitioner: { reference: urn(partIds.practitioner) },
    organization: { reference: urn(partIds.organization) },
    code: [
      {
        coding: [
          { system: 'https://fhir.nhs.uk/CodeSystem/NHSDigital-SDS-JobRoleCode', ...role },
          { system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName', ...role },
        ],
      },
    ],
    ...telecomOf(practice),
  }
}

/** The prescriber as a person. */
export function practitionerOf(prescriber: Prescriber): fhir4.Practitioner {
  const { din, title } = prescriber
  return {
    resourceType: 'Practitioner',
    identifier: [
      { system: idSystems.sdsUser, value: prescriber.sdsUserId },
      { system: idSystems[prescriber.register], value: prescriber.registration },
      ...(din === undefined ? [] : [{ system: idSystems.din, value: din }]),
    ],
    name: [
      {
        family: prescriber.familyName,
        given: [prescriber.givenName],
        ...(title !== undefined && { prefix: [title] }),
      },
    ],
  }
}

/** The practice that prescribes. */
export function organizationOf(practice: PrescribingPractice): fhir4.Organization {
  const { addressLines, postcode } = practice
  const town = addressLines.length > 1 ? addressLines.at(-1) : undefined
  return {
    resourceType: 'Organization',
    identifier: [odsIdentifier(practice.odsCode)],
    type: [
      {
        coding: [
          {
            system: 'https://fhir.nhs.uk/CodeSystem/organisation-role',
            code: '76',
            display: 'GP PRACTICE',
          },
        ],
      },
    ],
    name: practice.name,
    ...telecomOf(practice),
    address: [
      {
        use: 'work',
        type: 'both',
        line: town === undefined ? [...addressLines] : addressLines.slice(0, -1),
        ...(town !== undefined && { city: town }),
        ...(postcode !== undefined && { postalCode: postcode }),
      },
    ],
    partOf: { identifier: odsIdentifier(practice.parentCode), display: practice.parentName },
  }
}

function telecomOf({ phone }: PrescribingPractice): Pick<fhir4.Organization, 'telecom'> {
  if (phone === undefined) return {}
  return { telecom: [{ system: 'phone', use: 'work', value: phone }] }
}
