import type { LabTest } from './lab-test.ts'
import { required, type Random } from './random.ts'
import type { Day } from './days.ts'

/** What pulls a test away from what is usual, once a condition has begun. */
interface Pull {
  readonly condition: string
  readonly test: string
  /** Where it stands when the condition is found, and where treatment takes it. */
  readonly found: number
  readonly settled: number
  /** What it gains each year after that, however treated. */
  readonly yearly: number
  /** How much wider it swings than usual. */
  readonly swing: number
}

const pulls: readonly Pull[] = [
  { condition: 'diabetes', test: 'hba1c', found: 66, settled: 52, yearly: 0.7, swing: 3.5 },
  { condition: 'diabetes', test: 'triglycerides', found: 2.2, settled: 1.8, yearly: 0, swing: 1.2 },
  { condition: 'diabetes', test: 'cholesterol', found: 5.2, settled: 4.1, yearly: 0, swing: 1 },
  { condition: 'diabetes', test: 'acr', found: 1.8, settled: 2, yearly: 0.25, swing: 2 },
  { condition: 'kidney', test: 'creatinine', found: 112, settled: 114, yearly: 2.4, swing: 2 },
  { condition: 'kidney', test: 'urea', found: 8.4, settled: 8.6, yearly: 0.2, swing: 1.5 },
  { condition: 'kidney', test: 'k', found: 4.8, settled: 4.8, yearly: 0.01, swing: 1.2 },
  { condition: 'kidney', test: 'acr', found: 4, settled: 4.2, yearly: 0.5, swing: 3 },
  { condition: 'kidney', test: 'hb', found: 126, settled: 125, yearly: -0.6, swing: 1.2 },
  { condition: 'hypothyroidism', test: 'tsh', found: 11, settled: 2.4, yearly: 0, swing: 2.2 },
  { condition: 'hypothyroidism', test: 't4', found: 9.5, settled: 16.5, yearly: 0, swing: 1.2 },
  { condition: 'heart', test: 'cholesterol', found: 5.6, settled: 3.7, yearly: 0, swing: 1 },
  { condition: 'gout', test: 'urate', found: 510, settled: 340, yearly: 0, swing: 1.4 },
  { condition: 'anaemia', test: 'hb', found: 98, settled: 128, yearly: 0, swing: 1.4 },
  { condition: 'anaemia', test: 'mcv', found: 75, settled: 86, yearly: 0, swing: 1.3 },
  { condition: 'anaemia', test: 'ferritin', found: 7, settled: 52, yearly: 0, swing: 1 },
  { condition: 'rheumatoid', test: 'crp', found: 32, settled: 6, yearly: 0, swing: 4 },
  { condition: 'rheumatoid', test: 'platelets', found: 390, settled: 310, yearly: 0, swing: 1 },
  { condition: 'failure', test: 'na', found: 136, settled: 136, yearly: -0.15, swing: 1.2 },
  { condition: 'failure', test: 'urea', found: 8.8, settled: 9.2, yearly: 0.2, swing: 1.4 },
  { condition: 'hypertension', test: 'cholesterol', found: 5.3, settled: 4.8, yearly: 0, swing: 1 },
  { condition: 'bones', test: 'vitamin-d', found: 34, settled: 68, yearly: 0, swing: 1 },
]

/** Gives a patient's figures for one test after another, each near the one before. */
export interface Trends {
  /** The figure on a day. Days must be asked for in order. */
  readonly figure: (test: LabTest, day: Day) => number
}

/** How one person's figures move: their own usual figure, pulled by what they have, a year to settle. */
export function trendsOf(
  random: Random,
  sex: 'female' | 'male',
  age: number,
  today: Day,
  onsets: ReadonlyMap<string, Day>,
): Trends {
  const state = new Map<string, { own: number; drift: number }>()

  const ownUsual = (test: LabTest): number => {
    const shift = usualShift(test, sex, age)
    return random.normal(test.mean + shift, test.between)
  }
  return {
    figure: (test, day) => {
      let known = state.get(test.id)
      if (!known) {
        known = { own: ownUsual(test), drift: 0 }
        state.set(test.id, known)
      }
      const pull = strongest(test, day, onsets)
      known.drift = known.drift * 0.55 + random.normal(0, test.within * (pull?.swing ?? 1))
      const target = pull ? pulledTo(pull, day, onsets, known.own - test.mean) : known.own
      if (test.id === 'egfr')
        return estimatedFiltration(random, state, sex, age - (today - day) / 365.25)
      const value = rounded(bounded(target + known.drift, test.least, test.most), test.decimals)
      if (test.id === 'creatinine') state.set('last-creatinine', { own: value, drift: 0 })
      return value
    },
  }
}

function usualShift(test: LabTest, sex: 'female' | 'male', age: number): number {
  const woman = sex === 'female'
  if (test.id === 'hb') return woman ? -14 : 2
  if (test.id === 'creatinine') return (woman ? -14 : 2) + (age < 18 ? -16 : 0)
  if (test.id === 'ferritin') return woman ? -35 : 20
  if (test.id === 'hdl') return woman ? 0.15 : -0.1
  if (test.id === 'urate') return woman ? -60 : 0
  if (test.id === 'hba1c') return age > 60 ? 2 : 0
  if (test.id === 'urea') return age > 65 ? 0.9 : 0
  return 0
}

function strongest(test: LabTest, day: Day, onsets: ReadonlyMap<string, Day>): Pull | undefined {
  return pulls.find(
    (pull) => pull.test === test.id && (onsets.get(pull.condition) ?? Infinity) <= day,
  )
}

function pulledTo(pull: Pull, day: Day, onsets: ReadonlyMap<string, Day>, own: number): number {
  const years = (day - required(onsets.get(pull.condition))) / 365.25
  const settling = Math.exp(-years * 2.2)
  return pull.settled + (pull.found - pull.settled) * settling + pull.yearly * years + own * 0.6
}

/** From the last creatinine by the CKD-EPI equation of 2009, without the ethnic factor, as NICE advises. */
function estimatedFiltration(
  random: Random,
  state: ReadonlyMap<string, { readonly own: number }>,
  sex: 'female' | 'male',
  age: number,
): number {
  const creatinine = (state.get('last-creatinine')?.own ?? random.int(60, 90)) / 88.4
  const [kappa, alpha, factor] = sex === 'female' ? [0.7, -0.329, 1.018] : [0.9, -0.411, 1]
  const ratio = creatinine / kappa
  const value =
    141 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.209 * 0.993 ** age * factor
  return Math.round(bounded(value, 6, 140))
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
