import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { dayOf } from './days.ts'
import type { Secret } from './entry.ts'
import { personAt } from './people.ts'
import { practiceAt } from './practice.ts'
import { recordOf } from './record.ts'
import type { DemoSize } from './size.ts'

/** What the generator knows of one patient and no page may show. */
export interface DemoTruth {
  readonly practice: OdsCode
  readonly patientId: Id<'Patient'>
  readonly nhsNumber: NhsNumber
  readonly name: string
  readonly secrets: readonly Secret[]
}

/**
 * Every patient of a demo that was made on `madeOn`, with the phrases that must not be found on any
 * page of theirs until a person releases the entry. Patients without any are there too.
 */
export function* demoTruth(size: DemoSize, madeOn: LocalDate): Generator<DemoTruth> {
  const today = dayOf(madeOn)
  for (let number = 0; number < size.practices; number++) {
    const practice = practiceAt(size.seed, number)
    for (let index = 0; index < size.patients; index++) {
      const person = personAt(size.seed, practice, index, today)
      const { patientId, nhsNumber, givenName, familyName } = person.patient
      const { secrets } = recordOf(size.seed, practice, person, today)
      yield {
        practice: practice.code,
        patientId,
        nhsNumber,
        name: `${givenName} ${familyName}`,
        secrets,
      }
    }
  }
}
