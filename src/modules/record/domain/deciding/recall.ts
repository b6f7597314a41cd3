/** Why something that was shown was recalled. */
export type RecallCause =
  | 'harm'
  | 'third-party'
  | 'safeguarding'
  | 'wrong-patient'
  | 'too-early'
  | 'patient-asked'
  | 'other'

/** How an incident ended. */
export type RecallConclusion = 'no-harm' | 'patient-told' | 'reported' | 'not-needed'

/** Causes in the order in which they are offered, in words for staff. */
export const recallCauses: Readonly<Record<RecallCause, string>> = {
  harm: 'It could do serious harm',
  'third-party': 'It tells of someone else, or what they said',
  safeguarding: 'Safeguarding',
  'wrong-patient': 'It is about another patient',
  'too-early': 'The patient had not been told yet',
  'patient-asked': 'The patient asked for it',
  other: 'Another reason',
}

/** Conclusions in the order in which they are offered, in words for staff. */
export const recallConclusions: Readonly<Record<RecallConclusion, string>> = {
  'no-harm': 'Nobody saw it, or no harm came of it',
  'patient-told': 'The patient was told and supported',
  reported: 'Reported as a breach or a patient safety incident',
  'not-needed': 'It did not have to be recalled',
}

/** Hours within which a breach of personal data is reported, from when it is known. Source: UK GDPR, article 33. */
export const breachHours = 72
