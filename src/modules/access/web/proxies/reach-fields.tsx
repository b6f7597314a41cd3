import { z } from 'zod'
import type { FieldFault } from '#platform/http'
import { Checkboxes } from '#platform/html'
import { recordAreas, type RecordArea } from '../../domain/areas.ts'
import {
  privateSubjects,
  type PrivateSubject,
  type ProxyReach,
} from '../../domain/proxies/reach.ts'

/** Parts of the record as they are named to patients and staff. */
const areaNames: Readonly<Record<RecordArea, string>> = {
  medicines: 'Medicines',
  allergies: 'Allergies',
  problems: 'Health conditions',
  results: 'Test results',
  consultations: 'Consultations',
  immunisations: 'Vaccinations',
  documents: 'Documents',
  referrals: 'Referrals',
  measurements: 'Measurements',
}

/** Private subjects as they are named to patients and staff. */
const subjectNames: Readonly<Record<PrivateSubject, string>> = {
  'mental-health': 'Mental health and memory',
  'sexual-health': 'Sexual health and gender',
  pregnancy: 'Pregnancy, fertility and contraception',
  'alcohol-drugs': 'Alcohol, drugs and smoking',
  cancer: 'Cancer, or tests for it',
  genetic: 'Genetic tests and inherited illness',
}

const several = <Value extends string>(values: readonly Value[]) =>
  z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((given) => values.filter((value) => given.includes(value)))

/** The fields of a reach, as a form sends them: what is not among the choices is not there. */
export const reachSchema = { areas: several(recordAreas), subjects: several(privateSubjects) }

/** The reach that a form holds, to show it again with its faults. */
export function typedReach(body: unknown): ProxyReach {
  const parsed = z.object(reachSchema).safeParse(body)
  return parsed.success ? parsed.data : { areas: [], subjects: [] }
}

/** Where the record is given at all, at least a part of it is. */
export function reachFaults(
  { recordCurrent, recordHistorical }: { recordCurrent: string; recordHistorical: string },
  { areas }: ProxyReach,
): readonly FieldFault[] {
  const isGiven = recordCurrent !== 'none' || recordHistorical !== 'none'
  if (!isGiven || areas.length > 0) return []
  return [{ field: 'areas', message: 'Choose at least one part of the record, or switch it off' }]
}

/** Which parts of the record, and which private subjects, somebody who acts may see. */
export function ReachFields(props: {
  readonly reach: ProxyReach
  readonly errorMessage?: string | undefined
  /** Told from where the words are read: `they` for staff and patients alike. */
  readonly hint?: string
}) {
  const { reach } = props
  return (
    <>
      <Checkboxes
        name="areas"
        idPrefix="areas"
        small
        fieldset={{ legend: { text: 'Parts of the record they may see', size: 's' } }}
        hint="As far as the level above goes."
        values={reach.areas}
        items={recordAreas.map((value) => ({ value, text: areaNames[value] }))}
        errorMessage={props.errorMessage}
      />
      <Checkboxes
        name="subjects"
        idPrefix="subjects"
        small
        fieldset={{ legend: { text: 'Private subjects they may see as well', size: 's' } }}
        hint={
          props.hint ??
          'None unless ticked, in no part, and no medicine for them. What the patient keeps private stays private.'
        }
        values={reach.subjects}
        items={privateSubjects.map((value) => ({ value, text: subjectNames[value] }))}
      />
    </>
  )
}

/** What of the record somebody who acts may see, in a few words. */
export function reachWords({ areas, subjects }: ProxyReach): readonly string[] {
  const parts =
    areas.length === recordAreas.length
      ? 'Parts of the record: all'
      : `Parts of the record: ${listOf(areas.map((area) => areaNames[area]))}`
  return [parts, `Private subjects: ${listOf(subjects.map((subject) => subjectNames[subject]))}`]
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join('; ').toLowerCase()
}
