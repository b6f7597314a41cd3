import { nhsNumberCheckDigit, parseNhsNumber, type NhsNumber } from '#kernel/nhs-number'

const beginnings = 100_000
const perBeginning = 9
const perPractice = 2_000 * perBeginning

/**
 * A valid number of the test range 999 for a patient of a practice. Different for all the patients
 * of one practice up to 900,000, and across the first 50 practices of up to 18,000 each; past that,
 * practices share numbers.
 */
export function nhsNumberFor(practiceIndex: number, patientIndex: number): NhsNumber {
  const place = (practiceIndex * perPractice + patientIndex) % (beginnings * perBeginning)
  const beginning = (Math.floor(place / perBeginning) * 61_357 + 12_345) % beginnings
  const eight = `999${String(beginning).padStart(5, '0')}`
  // Of the ten ninth digits at most one has no check digit, so nine are always there.
  let wanted = place % perBeginning
  for (let ninth = 0; ninth < 10; ninth++) {
    const check = nhsNumberCheckDigit(`${eight}${ninth}`)
    if (check === undefined) continue
    if (wanted > 0) {
      wanted--
      continue
    }
    const parsed = parseNhsNumber(`${eight}${ninth}${check}`)
    if (parsed.ok) return parsed.value
  }
  throw new Error('Nine digits in ten have a check digit, and yet none was found')
}
