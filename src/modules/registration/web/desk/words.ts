import type { GrantRefusal, IdentityMethod, RecordLevel, ServiceLevel } from '#modules/access'
import type {
  AddressDocument,
  AskedAbout,
  PhotoDocument,
  SeenHowOften,
} from '../../domain/identity/evidence.ts'
import type { IssueRefusal } from '../../domain/linkage/issuing.ts'

/** How identity was proved, as staff say it. */
export const methodWords: Readonly<Record<IdentityMethod, string>> = {
  documents: 'Documents, seen at the desk',
  vouching: 'Vouched for by staff who know them well',
  'vouching-with-confirmation': 'Vouched for, with questions only they could answer',
  'remote-vouching': 'Vouched for by phone or video',
  'nhs-login': 'NHS login',
}

export const photoWords: Readonly<Record<PhotoDocument, string>> = {
  passport: 'Passport',
  'driving-licence': 'Driving licence',
  other: 'Another with a photograph',
}

export const addressWords: Readonly<Record<AddressDocument, string>> = {
  'utility-bill': 'Gas, water, electricity or phone bill',
  'bank-statement': 'Bank statement',
  'council-tax': 'Council tax bill',
  other: 'Another with the address',
}

export const seenWords: Readonly<Record<SeenHowOften, string>> = {
  weekly: 'About every week',
  monthly: 'About every month',
  yearly: 'A few times a year',
  less: 'Less often',
}

export const askedWords: Readonly<Record<AskedAbout, string>> = {
  medicines: 'What medicines they take',
  appointments: 'When and whom they last saw here',
  addresses: 'Where they lived before',
  family: 'Who else of their family is registered here',
  history: 'What they were treated for',
}

export const levelWords: Readonly<Record<RecordLevel, string>> = {
  none: 'Off',
  summary: 'Medicines and allergies',
  detailed: 'Coded entries',
  documents: 'Coded entries and documents',
  full: 'Everything that is released',
}

export const serviceWords: Readonly<Record<ServiceLevel, string>> = {
  none: 'Off',
  view: 'See only',
  manage: 'See and change',
}

/** Why nothing was handed out, and what to do. */
export const refusalWords: Readonly<Record<IssueRefusal | GrantRefusal | 'made-already', string>> =
  {
    'not-registered': 'Nothing was made: this patient is not registered here. Register them first',
    sensitive:
      'Nothing was made: this patient is marked as sensitive in the national demographics, so nothing of theirs is served online. Help them by phone or in person',
    merged: 'Nothing was made: this patient was found to be another. Use the other one',
    'too-young':
      'Nothing was made: nobody under 13 has an account of their own. A parent can act for them',
    'not-competent':
      'Nothing was made: under 16, a clinician must first be satisfied that the patient can decide for themself',
    'needs-authoriser':
      'Nothing was made: this opens more of the record than your practice gives by default. Choose the default, or ask somebody who authorises access',
    'above-identity':
      'Nothing was made: what was only seen or heard from afar opens no more than medicines and allergies',
    'made-already':
      'These details were made already. If they were not printed or read out, make new ones',
  }
