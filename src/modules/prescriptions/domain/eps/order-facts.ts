import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import type { CodedItem } from './electronic.ts'
import type { PrescriptionId } from './prescription-id.ts'

/** Who prescribes, by the numbers that the prescription service knows them by. */
export interface Prescriber {
  readonly sdsUserId: string
  readonly roleProfileId: string
  readonly roleCode: string
  readonly roleName: string
  /** Whose register they are on, and so what kind of prescription it is. */
  readonly register: 'gmc' | 'nmc' | 'gphc'
  readonly registration: string
  /** The number that their prescriptions are paid under, where they have one of their own. */
  readonly din?: string | undefined
  readonly title?: string | undefined
  readonly givenName: string
  readonly familyName: string
}

/** The practice that prescribes, and the organisation that it is part of. */
export interface PrescribingPractice {
  readonly odsCode: OdsCode
  readonly name: string
  /** The last line is the town. */
  readonly addressLines: readonly string[]
  readonly postcode?: string | undefined
  readonly phone?: string | undefined
  readonly parentCode: OdsCode
  readonly parentName: string
}

/** For whom it is. */
export interface PrescribedPatient {
  readonly nhsNumber: NhsNumber
  readonly title?: string | undefined
  readonly givenName: string
  readonly familyName: string
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly bornOn: LocalDate
  readonly addressLines: readonly string[]
  readonly postcode: string
}

/** One medicine of a prescription. */
export interface PrescribedItem extends CodedItem {
  /** A UUID of this line of this prescription: sent once in all of England. */
  readonly lineId: string
  /** The UUID of what may be ordered again, of which this is one issue. */
  readonly authorisationId: string
  readonly durationDays?: number | undefined
  /** All issues authorised, the first included. */
  readonly issuesAllowed?: number | undefined
  readonly authorisedUntil?: LocalDate | undefined
}

/** Everything a prescription says. The same facts give the same message, to the byte. */
export interface PrescriptionOrder {
  /** UUIDs: of the message, and of its parts that have no other id. */
  readonly messageId: string
  readonly partIds: Readonly<Record<PartName, string>>
  readonly prescriptionId: PrescriptionId
  readonly prescriptionUuid: string
  readonly kind: 'repeat' | 'acute'
  readonly approvedAt: Date
  readonly approvedOn: LocalDate
  readonly practice: PrescribingPractice
  readonly prescriber: Prescriber
  readonly patient: PrescribedPatient
  readonly pharmacy: { readonly odsCode: OdsCode; readonly name: string }
  /** One to four. */
  readonly items: readonly PrescribedItem[]
}

/** The parts of a message that have an id of their own and no other. */
export type PartName =
  | 'bundle'
  | 'header'
  | 'patient'
  | 'role'
  | 'practitioner'
  | 'organization'
  | 'provenance'

/** An id for each part. */
export function partIdsMade(make: () => string): PrescriptionOrder['partIds'] {
  return {
    bundle: make(),
    header: make(),
    patient: make(),
    role: make(),
    practitioner: make(),
    organization: make(),
    provenance: make(),
  }
}
