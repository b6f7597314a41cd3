import type { HoldReason } from './entry.ts'

/** A note that must be held. `{who}` is a surname that is nowhere else in the record. */
export interface HeldNote {
  readonly reason: HoldReason
  readonly texts: readonly string[]
  readonly from: number
  readonly until: number
  readonly sex?: 'female' | 'male'
  /** How many in a hundred records have one. */
  readonly share: number
  /** A code written beside it, which must be held with it. */
  readonly beside?: { readonly title: string; readonly code?: string }
}

/**
 * Notes that a person must decide on, by the categories of the labelling guide. Written for this:
 * nobody's notes, and about nobody.
 */
export const heldNotes: readonly HeldNote[] = [
  {
    reason: 'third-party-confidential',
    from: 50,
    until: 120,
    share: 26,
    texts: [
      'Dtr (Mrs {who}) rang. Says pt falling at home + hiding it from us. Asks that pt not told she called.',
      'Son Mr {who} came to desk, thinks pt muddled w money. Would rather pt did not know he had been in.',
      'Tel from neighbour {who}: shouting at night, gas left on. Does not want name given to pt.',
      'Home help {who} told DN that tabs going in the bin. Pt unaware of conversation.',
    ],
  },
  {
    reason: 'third-party-confidential',
    from: 18,
    until: 49,
    share: 12,
    texts: [
      'Partner ({who}) rang, worried re drinking, says 2 bottles a night. Pt does not know she phoned.',
      'Mother Mrs {who} wrote in: not eating, locked in room. Letter not for pt.',
      'Line manager {who} phoned surgery, thinks unfit for work. Told no comment possible. Pt not aware.',
    ],
  },
  {
    reason: 'third-party-identifiable',
    from: 18,
    until: 120,
    share: 9,
    texts: [
      'FH taken from notes of cousin ({who}), not from pt: BRCA2 carrier. Pt not known to be aware.',
      'Flatmate {who} (dob 3/5/88, also our pt) being treated for TB. Contact tracing will ring.',
      'Brother {who} has hep C, under gastro - from his record, pt has not said.',
    ],
  },
  {
    reason: 'safeguarding',
    from: 0,
    until: 15,
    share: 8,
    beside: { title: 'Child is cause for safeguarding concern', code: '836881000000105' },
    texts: [
      'HV {who} rang: home conditions poor, 3 appts missed. Strategy mtg Thurs. Parents not yet aware.',
      'School safeguarding lead {who} phoned: hungry, same clothes. MASH enquiry made today.',
      'SW {who} - s47 visit planned tomorrow, do not mention to family.',
    ],
  },
  {
    reason: 'safeguarding',
    from: 16,
    until: 120,
    share: 6,
    texts: [
      'Seen alone. Discloses partner {who} controls money + checks phone. Safe contact work no. only. IDVA ref.',
      'Bruising both arms, different ages. {who} (carer) answered throughout. Adult safeguarding ref done.',
      'MARAC notification re {who} (ex-partner) received. Keep hidden online.',
    ],
  },
  {
    reason: 'serious-harm',
    from: 40,
    until: 120,
    share: 4,
    texts: [
      'CT: mass head of pancreas, likely malignant. Pt NOT told yet, Mr {who} seeing Fri.',
      'Neuro (Dr {who}) thinks MND. Not discussed w pt until clinic.',
      'Memory clinic: Dr {who} suspects FTD, family + pt not informed.',
    ],
  },
  {
    reason: 'sensitive-topic',
    from: 18,
    until: 60,
    share: 6,
    texts: [
      'GC pos throat, tx at {who} clinic, PN in hand. No letters home.',
      'HIV test req at {who} clinic, result pending. Family do not know.',
      'Attends {who} House for heroin, wife does not know.',
    ],
  },
  {
    reason: 'sensitive-topic',
    from: 18,
    until: 44,
    sex: 'female',
    share: 3,
    texts: [
      'TOP 8/40 arranged via {who} clinic. No letters home.',
      'IVF w donor egg at {who} Centre, wants no one to know.',
    ],
  },
  {
    reason: 'legal-restriction',
    from: 6,
    until: 90,
    share: 3,
    texts: [
      'Guardian report for family court req by {who} & Co. Not for release.',
      'Statement req by DC {who}. Do not inform pt.',
      'Old notes carry pre-adoption surname {who}.',
    ],
  },
  {
    reason: 'staff-safety',
    from: 20,
    until: 80,
    share: 2,
    texts: [
      'Threatened {who} on reception, see w two staff present. Internal flag only.',
      'Waits by {who}\u2019s car after work. Staff advised. Not for pt.',
    ],
  },
  {
    reason: 'unverified-result',
    from: 50,
    until: 120,
    sex: 'male',
    share: 3,
    texts: ['PSA 48 phoned by {who}, biochem. Not seen by a doctor yet, no action coded.'],
  },
  {
    reason: 'unverified-result',
    from: 30,
    until: 120,
    share: 3,
    texts: [
      'Hb 64 in unread tray, {who} from lab chasing.',
      'CXR ?mass R hilum, {who} (radiol) faxed. No action code, nobody has read it.',
    ],
  },
  {
    reason: 'nopat',
    from: 16,
    until: 120,
    share: 9,
    texts: [
      'Pt asks this is kept off the app: sees counsellor {who}.',
      'Discussed affair with {who}. Pt does not want it seen online.',
    ],
  },
]

/** Words of a letter that was filed in the wrong record; `{who}` is whose it is. */
export const misfiledLetters = [
  'I saw Mr {who} on the stroke unit. He has expressive dysphasia and lives with his wife.',
  'Mrs {who} attended for her biopsy result, which confirmed an invasive carcinoma.',
  'Thank you for seeing Mr {who}, who drinks a bottle of spirits a day.',
] as const

/** Words of letters that nobody at the practice has read yet; `{who}` signed them. */
export const unreadLetters = [
  'The scan has shown an unexpected shadow which needs urgent investigation. Signed, Dr {who}.',
  'In my opinion the prognosis is guarded. I have not yet said so. Signed, Miss {who}.',
  'Please prescribe as attached and repeat the bloods in a week. Signed, Dr {who}.',
] as const

/** Diary lines: reminders that staff write for themselves. */
export const diaryLines = [
  'Chase reply from Dr {who}',
  'Ring {who} re home visit',
  'Ask {who} about safe contact number',
  'Recall, see note from {who}',
] as const

/** Consultations begun and not finished. */
export const draftLines = [
  'Started w pt, interrupted. ?? {who} to check before anything is said.',
  'Imp: unclear. Discuss w {who} tomorrow. Not finished.',
] as const

/** What a laboratory adds to a result that a clinician has not looked at. */
export const labComments = [
  'Telephoned to the practice by {who}, duty biochemist. Please act today.',
  'Grossly abnormal. Authorised by Dr {who}.',
] as const
