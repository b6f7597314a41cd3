import type {
  AllergyDetail,
  ConsultationDetail,
  DocumentDetail,
  EntryDetail,
  ImmunisationDetail,
  IssueDetail,
  MedicationDetail,
  ProblemDetail,
  ReferralDetail,
  ResultDetail,
} from './entry.ts'

interface Details {
  readonly allergy: AllergyDetail
  readonly medication: MedicationDetail
  readonly issue: IssueDetail
  readonly problem: ProblemDetail
  readonly immunisation: ImmunisationDetail
  readonly consultation: ConsultationDetail
  readonly referral: ReferralDetail
  readonly document: DocumentDetail
  readonly result: ResultDetail
}

/** What only entries of a kind have. Any member may be missing: a source may not have given it. */
export function detailOf<Kind extends keyof Details>(
  _kind: Kind,
  entry: { readonly detail?: EntryDetail },
): Partial<Details[Kind]> {
  return (entry.detail ?? {}) as Partial<Details[Kind]>
}
