import { plainTerm } from './words.ts'

const visit =
  /^(?:(?:gp|general practice|general practitioner|nurse|practice nurse|pharmacist|health ?care assistant|hca|doctor|face[- ]to[- ]face|telephone|phone|video|routine|surgery|clinic|annual|review) ?)*(?:surgery|consultation|appointment|visit|call|encounter|review|clinic|gp surgery|home visit|telephone call(?: to a patient| from patient| to patient)?|telephone encounter)(?: note)?$/
const heading =
  /^(?:history|examination|exam|diagnosis|problem|problems|plan|assessment|comment|comments|medication|medications|follow[- ]?up|test results?|results?|result|investigations?|observations?|measurements|immunisations?|vaccinations?|allergies|allergy|procedure|procedures|referral|referrals|additional|social|document|documents|tests|investigation|symptoms?|intervention|prescription)$/

/** Whether a consultation is called nothing but what kind of visit it was. */
export function isPlainVisit(title: string, type: string | undefined): boolean {
  const named = (text: string) => visit.test(plainTerm(text))
  return named(title) && (type === undefined || named(type))
}

/** Whether a heading is one of the usual ones. */
export function isPlainHeading(title: string): boolean {
  return heading.test(plainTerm(title))
}
