import { parseNhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import type { DrugCode } from '../../src/modules/prescriptions/domain/eps/drug-code.ts'
import {
  partIdsMade,
  type PrescribedItem,
  type PrescriptionOrder,
} from '../../src/modules/prescriptions/domain/eps/order-facts.ts'
import { newPrescriptionId } from '../../src/modules/prescriptions/domain/eps/prescription-id.ts'

const anId = () => crypto.randomUUID()

/** One medicine of a prescription, an issue of a repeat that is authorised six times. */
export function aPrescribedItem(given: Partial<PrescribedItem> = {}): PrescribedItem {
  return {
    lineId: anId(),
    authorisationId: anId(),
    drug: { code: '319283006' as DrugCode, display: 'Amlodipine 5mg tablets' },
    quantity: { value: 28, unit: 'tablet', code: '428673006' },
    dose: 'One to be taken each day',
    durationDays: 28,
    issuesAllowed: 6,
    authorisedUntil: '2026-09-01' as LocalDate,
    ...given,
  }
}

/** A prescription of one repeat medicine, by a doctor. */
export function aPrescription(given: Partial<PrescriptionOrder> = {}): PrescriptionOrder {
  const practice = 'A83008' as OdsCode
  const nhsNumber = parseNhsNumber('9990000018')
  const prescriptionId = newPrescriptionId(practice, '24F5DA7EFE6')
  if (!prescriptionId) throw new Error('No id')
  if (!nhsNumber.ok) throw new Error('Not an NHS number')
  return {
    messageId: anId(),
    partIds: partIdsMade(anId),
    prescriptionId,
    prescriptionUuid: anId(),
    kind: 'repeat',
    approvedAt: new Date('2026-03-02T09:15:00Z'),
    approvedOn: '2026-03-02' as LocalDate,
    practice: {
      odsCode: practice,
      name: 'Riverbank Surgery',
      addressLines: ['1 Mill Lane', 'Harlowick'],
      postcode: 'ZZ1 1AA',
      phone: '01632 960001',
      parentCode: 'QWO' as OdsCode,
      parentName: 'A made-up integrated care board',
    },
    prescriber: {
      sdsUserId: '555086689106',
      roleProfileId: '200102238987',
      roleCode: 'R0260',
      roleName: 'General Medical Practitioner',
      register: 'gmc',
      registration: '6095103',
      din: '977677',
      title: 'Dr',
      givenName: 'Ada',
      familyName: 'Okafor',
    },
    patient: {
      nhsNumber: nhsNumber.value,
      title: 'Ms',
      givenName: 'Ann',
      familyName: 'Patel',
      sex: 'female',
      bornOn: '1961-04-12' as LocalDate,
      addressLines: ['12 Elm Road', 'Harlowick'],
      postcode: 'ZZ1 2BB',
    },
    pharmacy: { odsCode: 'VNE51' as OdsCode, name: 'The Simple Pharmacy' },
    items: [aPrescribedItem()],
    ...given,
  }
}
