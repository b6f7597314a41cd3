import type { Id } from '#kernel/id'
import { idFrom } from './random.ts'

/** A kind of slot as a made-up practice describes it. */
export interface DemoSlotType {
  readonly slotTypeId: Id<'SlotType'>
  readonly name: string
  readonly publicName: string
  readonly minutes: number
  readonly nationalCategory?: string
  readonly serviceSetting: 'general-practice' | 'extended-access'
  readonly deliveryChannel?: 'in-person' | 'telephone' | 'video'
  readonly patientsMayBook: boolean
  readonly gpConnectMayBook: boolean
  readonly minAge?: number
  readonly maxAge?: number
  readonly sex?: 'female' | 'male'
  readonly ownSiteOnly: boolean
  readonly ownClinicianOnly: boolean
  readonly invitedOnly: boolean
  readonly closesMinutesBefore?: number
  readonly release:
    | { readonly rule: 'at-once' | 'draw' | 'by-hand' }
    | { readonly rule: 'days-before'; readonly days: number; readonly time: string }
}

type Described = Omit<Partial<DemoSlotType>, 'slotTypeId' | 'name'>

const ahead = (days: number) => ({ rule: 'days-before', days, time: '08:00' }) as const
const routine = 'General Consultation Routine'

const described: Readonly<Record<string, Described>> = {
  'Routine appointment': {
    publicName: 'Doctor, in person',
    nationalCategory: routine,
    deliveryChannel: 'in-person',
    release: ahead(28),
  },
  'Routine telephone appointment': {
    publicName: 'Doctor, by phone',
    nationalCategory: routine,
    deliveryChannel: 'telephone',
    release: ahead(14),
  },
  'Video appointment': {
    publicName: 'Doctor, by video',
    nationalCategory: routine,
    deliveryChannel: 'video',
    release: ahead(14),
  },
  'Book on the day': {
    publicName: 'Doctor, on the day',
    nationalCategory: 'General Consultation Acute',
    deliveryChannel: 'in-person',
    closesMinutesBefore: 10,
    release: ahead(0),
  },
  'On the day by telephone': {
    publicName: 'Doctor, on the day by phone',
    nationalCategory: 'General Consultation Acute',
    deliveryChannel: 'telephone',
    closesMinutesBefore: 10,
    release: ahead(0),
  },
  'Urgent appointment': {
    nationalCategory: 'General Consultation Acute',
    deliveryChannel: 'in-person',
    patientsMayBook: false,
  },
  'Doctor by draw': {
    publicName: 'Doctor, in person',
    nationalCategory: routine,
    deliveryChannel: 'in-person',
    release: { rule: 'draw' },
  },
  'Nurse appointment': {
    publicName: 'Nurse',
    nationalCategory: 'Planned Clinics',
    deliveryChannel: 'in-person',
    minutes: 20,
    release: ahead(28),
  },
  'Cervical screening': {
    publicName: 'Nurse, screening',
    nationalCategory: 'Planned Clinics',
    deliveryChannel: 'in-person',
    minutes: 20,
    sex: 'female',
    minAge: 25,
    maxAge: 64,
    invitedOnly: true,
    release: ahead(28),
  },
  'Blood test': {
    publicName: 'Blood test',
    nationalCategory: 'Planned Clinical Procedure',
    deliveryChannel: 'in-person',
    minutes: 15,
    minAge: 16,
    release: ahead(28),
  },
  'Health check': {
    nationalCategory: 'Planned Clinics',
    deliveryChannel: 'in-person',
    minutes: 15,
    patientsMayBook: false,
  },
  'Medication review': {
    publicName: 'Pharmacist, by phone',
    nationalCategory: 'Structured Medication Review',
    deliveryChannel: 'telephone',
    minutes: 15,
    release: ahead(21),
  },
  Blocked: { patientsMayBook: false },
  Admin: { patientsMayBook: false },
}

/** The slot types of a made-up practice, in the order that staff would list them. */
export function slotTypesOf(seed: number, practiceIndex: number): readonly DemoSlotType[] {
  return Object.entries(described).map(([name, given]) => ({
    slotTypeId: slotTypeId(seed, practiceIndex, name),
    name,
    publicName: '',
    minutes: 10,
    serviceSetting: 'general-practice',
    patientsMayBook: true,
    gpConnectMayBook: false,
    ownSiteOnly: false,
    ownClinicianOnly: false,
    invitedOnly: false,
    release: { rule: 'at-once' },
    ...given,
  }))
}

/** The id that a made-up practice's slot type of this name has. */
export function slotTypeId(seed: number, practiceIndex: number, name: string): Id<'SlotType'> {
  return idFrom<'SlotType'>(seed, 'slot-type', practiceIndex, name)
}
