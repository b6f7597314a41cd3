const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const people = words(`Patient Practitioner PractitionerRole Organization OrganizationAffiliation
  Location HealthcareService RelatedPerson Person Endpoint CareTeam Group Device DeviceDefinition
  Substance SubstanceSpecification Medication MedicationKnowledge`)

const administrative = words(`Claim ClaimResponse ExplanationOfBenefit Coverage Account Invoice
  ChargeItem PaymentNotice PaymentReconciliation EnrollmentRequest EnrollmentResponse
  EligibilityRequest EligibilityResponse CoverageEligibilityRequest CoverageEligibilityResponse
  Contract Appointment AppointmentResponse Task Communication CommunicationRequest Consent
  Provenance AuditEvent Flag EpisodeOfCare VerificationResult Linkage ResearchSubject MeasureReport
  DocumentManifest ProcessRequest ProcessResponse`)

const clinical = words(`AllergyIntolerance Condition Immunization Procedure FamilyMemberHistory
  Encounter Observation DiagnosticReport MedicationRequest MedicationStatement ReferralRequest
  ProcedureRequest ServiceRequest DocumentReference`)

const otherClinical = words(`CarePlan Goal ClinicalImpression Composition DetectedIssue
  DeviceRequest DeviceUseStatement DeviceMetric ImagingStudy ImagingManifest ImmunizationEvaluation
  ImmunizationRecommendation Media MedicationAdministration MedicationDispense MolecularSequence
  Sequence NutritionOrder QuestionnaireResponse RequestGroup RiskAssessment VisionPrescription
  AdverseEvent BodySite BodyStructure GuidanceResponse SupplyDelivery SupplyRequest Specimen Basic
  Binary`)

/** What is to become of a resource, by its type alone. */
type Calling = 'people' | 'structure' | 'clinical' | 'other' | 'administrative' | 'foreign'

/**
 * What a type of resource is for: it tells of people, places and products; it orders others; it is
 * an entry with a reader of its own; any other entry about a patient; an entry that is never shown
 * to one; or it is no part of a patient's record.
 */
export function callingOf(type: string): Calling {
  if (people.has(type)) return 'people'
  if (type === 'List') return 'structure'
  if (clinical.has(type)) return 'clinical'
  if (otherClinical.has(type)) return 'other'
  return administrative.has(type) ? 'administrative' : 'foreign'
}
