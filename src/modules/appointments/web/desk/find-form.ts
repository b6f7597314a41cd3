import { parseNhsNumber } from '#kernel/nhs-number'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import type { PatientSearch } from '../../queries/desk/patients-with-next.ts'

/** What somebody typed to find a patient by; `fault` where it is neither. */
export interface ReadSearch {
  readonly by?: PatientSearch
  readonly fault?: string
}

/** Reads a name, an NHS number or a date of birth; '' finds nobody and is no fault. */
export function readSearch(text: string): ReadSearch {
  if (text === '') return {}
  if (!/\d/.test(text)) return { by: { name: text.replaceAll(/\s+/g, ' ') } }
  const bornOn = readDay(text)
  if (bornOn) return { by: { bornOn } }
  const nhsNumber = parseNhsNumber(text)
  if (nhsNumber.ok) return { by: { nhsNumber: nhsNumber.value } }
  return {
    fault:
      nhsNumber.refusal === 'wrong-check-digit'
        ? 'That NHS number is not right. Check all 10 numbers'
        : 'Enter a name, all 10 numbers of an NHS number, or a date of birth like 12 4 1961',
  }
}

function readDay(text: string): LocalDate | undefined {
  const parts = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(text)
  if (!parts) return parseLocalDate(text)
  const [, day = '', month = '', year = ''] = parts
  return parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
