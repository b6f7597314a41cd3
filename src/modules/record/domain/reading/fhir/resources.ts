import { detailOf } from '../../details.ts'
import type { DisclosedEntry } from '../../disclosure.ts'
import type { EntryKind } from '../../entry.ts'
import { observation, report } from './findings.ts'
import {
  clinicalDate,
  conceptOf,
  fhirConcept,
  noteOf,
  present,
  type BundleContext,
  type Resource,
} from './parts.ts'

type Maker = (entry: DisclosedEntry, context: BundleContext) => Resource

const makers: Readonly<Partial<Record<EntryKind, Maker>>> = {
  medication,
  allergy,
  problem,
  immunisation,
  result: observation,
  'result-group': report,
  report,
  measurement: observation,
  observation,
  note: observation,
  'family-history': observation,
  request: observation,
  other: observation,
  procedure,
  consultation,
  referral,
  document,
}

/** A disclosed entry as a FHIR R4 resource; `undefined` for what only gives others their place. */
export function resourceOf(entry: DisclosedEntry, context: BundleContext): Resource | undefined {
  const made = makers[entry.kind]?.(entry, context)
  return made && { ...made, id: entry.entryId }
}

const medicineStatus = { active: 'active', stopped: 'stopped', completed: 'completed' } as const

function medication(entry: DisclosedEntry, { subject }: BundleContext): Resource {
  const { status, dose, patientInstruction, startedOn, stoppedOn, stopReason } = detailOf(
    'medication',
    entry,
  )
  const dosage = present({ text: dose, patientInstruction })
  return present({
    resourceType: 'MedicationStatement',
    status: status ? medicineStatus[status] : 'unknown',
    ...(stopReason !== undefined && { statusReason: [{ text: stopReason }] }),
    medicationCodeableConcept: conceptOf(entry),
    subject,
    effectivePeriod:
      startedOn || stoppedOn ? present({ start: startedOn, end: stoppedOn }) : undefined,
    dateAsserted: entry.recordedAt.toISOString(),
    dosage: Object.keys(dosage).length > 0 ? [dosage] : undefined,
    ...noteOf(entry.text),
  })
}

function allergy(entry: DisclosedEntry, { subject }: BundleContext): Resource {
  const { status, reactions, endedOn, endReason } = detailOf('allergy', entry)
  return present({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: fhirConcept(
      'allergyintolerance-clinical',
      status === 'resolved' ? 'resolved' : 'active',
    ),
    verificationStatus: fhirConcept('allergyintolerance-verification', 'unconfirmed'),
    code: conceptOf(entry),
    patient: subject,
    onsetDateTime: clinicalDate(entry),
    recordedDate: entry.recordedAt.toISOString(),
    reaction: reactions?.length
      ? [{ manifestation: reactions.map((text) => ({ text })) }]
      : undefined,
    ...noteOf(
      [entry.text, endedOn && endReason && `Ended ${endedOn}: ${endReason}`]
        .filter(Boolean)
        .join('\n'),
    ),
  })
}

function problem(entry: DisclosedEntry, { subject, referenceTo }: BundleContext): Resource {
  const { status, endedOn } = detailOf('problem', entry)
  return present({
    resourceType: 'Condition',
    clinicalStatus: fhirConcept('condition-clinical', status === 'past' ? 'inactive' : 'active'),
    category: [fhirConcept('condition-category', 'problem-list-item')],
    code: conceptOf(entry),
    subject,
    encounter: referenceTo(entry.source, entry.encounterKey),
    onsetDateTime: clinicalDate(entry),
    abatementDateTime: status === 'past' ? endedOn : undefined,
    recordedDate: entry.recordedAt.toISOString(),
    ...noteOf(entry.text),
  })
}

function immunisation(entry: DisclosedEntry, { subject }: BundleContext): Resource {
  const { vaccine, doseNumber, batch, site } = detailOf('immunisation', entry)
  const at = clinicalDate(entry)
  return present({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: vaccine === undefined ? conceptOf(entry) : { text: `${entry.title}: ${vaccine}` },
    patient: subject,
    ...(at === undefined ? { occurrenceString: 'Date not known' } : { occurrenceDateTime: at }),
    recorded: entry.recordedAt.toISOString(),
    lotNumber: batch,
    site: site === undefined ? undefined : { text: site },
    protocolApplied: doseNumber ? [{ doseNumberPositiveInt: doseNumber }] : undefined,
    ...noteOf(entry.text),
  })
}

function procedure(entry: DisclosedEntry, { subject, referenceTo }: BundleContext): Resource {
  return present({
    resourceType: 'Procedure',
    status: 'completed',
    code: conceptOf(entry),
    subject,
    encounter: referenceTo(entry.source, entry.encounterKey),
    performedDateTime: clinicalDate(entry),
    ...noteOf(entry.text),
  })
}

function consultation(entry: DisclosedEntry, { subject }: BundleContext): Resource {
  const { location } = detailOf('consultation', entry)
  const start = entry.clinicalAt?.toISOString()
  const place = location ?? entry.organisation
  return present({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [{ text: entry.title }],
    subject,
    participant: entry.author ? [{ individual: { display: entry.author } }] : undefined,
    period: start === undefined ? undefined : { start },
    location: place === undefined ? undefined : [{ location: { display: place } }],
  })
}

function referral(entry: DisclosedEntry, { subject, referenceTo }: BundleContext): Resource {
  const { to, reason } = detailOf('referral', entry)
  return present({
    resourceType: 'ServiceRequest',
    status: 'unknown',
    intent: 'order',
    code: conceptOf(entry),
    subject,
    encounter: referenceTo(entry.source, entry.encounterKey),
    authoredOn: clinicalDate(entry),
    performer: to === undefined ? undefined : [{ display: to }],
    reasonCode: reason === undefined ? undefined : [{ text: reason }],
    ...noteOf(entry.text),
  })
}

function document(entry: DisclosedEntry, { subject }: BundleContext): Resource {
  const { contentType } = detailOf('document', entry)
  const from = entry.organisation ?? entry.author
  return present({
    resourceType: 'DocumentReference',
    status: 'current',
    type: conceptOf(entry),
    subject,
    date: (entry.clinicalAt ?? entry.recordedAt).toISOString(),
    author: from === undefined ? undefined : [{ display: from }],
    content: [{ attachment: present({ contentType, title: entry.title }) }],
  })
}
