import { makeFinder } from './finder.ts'

/**
 * What a text may hold, so that no expression is tried on a text that cannot match it. A cue that is
 * there proves nothing; without it there is nothing to be found.
 */
export type Cues = number

/** The bit of each cue. */
export const cue = {
  letter: 1 << 5,
  figure: 1 << 6,
  /** Any character that is not ASCII. */
  foreign: 1 << 7,
  /** A colon or hyphen, as after a heading. */
  heads: 1 << 8,
  heading: 1 << 9,
  dear: 1 << 10,
  label: 1 << 11,
  number: 1 << 12,
  birth: 1 << 13,
  /** A sex beside an age, such as `52m` or `woman of 52`. */
  aged: 1 << 14,
  old: 1 << 15,
  age: 1 << 16,
  sex: 1 << 17,
  /** A stage of life: retired, or children borne. */
  life: 1 << 18,
  /** A test of which a value may be far outside the ordinary. */
  value: 1 << 19,
  /** What somebody weighs. */
  weight: 1 << 20,
  /** A number of years. */
  span: 1 << 21,
  /** A form of address. */
  title: 1 << 22,
} as const

/** Every cue, for what has not been looked through. */
export const everyCue: Cues = -1

const years = ['yo', 'y_o', 'yr', 'yrs', 'year', 'years']
const afterYears = [...years.flatMap((word) => [word, `${word}_`, `${word}__`]), 'old', 'old_']
const letters = ['m', 'f'].flatMap((letter) => [
  ...['0', '0_', ...afterYears].map((before) => `${before}${letter}_`),
  ...['_0', '__0', '___0', '_age', '__age', '_of', '__of'].map((after) => `_${letter}${after}`),
])
const values =
  'k na hb haemoglobin sodium potassium psa cea fit qfit tsh crp inr plt plts platelets neut neuts neutrophils wcc wbc glucose bm creat creatinine egfr calcium alt bili bilirubin bnp ntprobnp nt_probnp trop troponin paraprotein adj_ca'
    .split(' ')
    .flatMap((word) => [`_${word}_`, `_${word}0`, `0${word}_`, `0${word}0`])

/** Goes through a text once. `_` is any character but a letter or figure, `0` a figure. */
export const cuesIn: (text: string) => Cues = makeFinder(
  {
    letter: cue.letter,
    figure: cue.figure,
    foreign: cue.foreign,
    marks: { ':': cue.heads, '-': cue.heads },
  },
  [
    [cue.heading, '_re_ _patient_ _pt_ _client_ _name_ _regarding_ _rgd_'.split(' ')],
    [cue.dear, ['_dear_']],
    [
      cue.label,
      '_label _headed _address _titled _says _reads _name _called _middle _forename _letter_ _report_ _result _form_for _scan_ _wrong _other _belongs _blood _meant'.split(
        ' ',
      ),
    ],
    [cue.number, ['0000000000', '000_0000000', '000000_0000', '000_000_0000', '_nhs_']],
    [cue.birth, '_dob _d_ob _do_b _d_o_b _birth _born _b0 _b_0 _b__0'.split(' ')],
    [cue.aged, ['man_', 'male_', 'lady_', 'boy_', 'girl_', ...letters]],
    [cue.old, years.flatMap((word) => [`${word}old_`, `${word}_old_`])],
    [cue.age, ['_age_', '_aged_']],
    [cue.sex, ['_sex_', '_gender_']],
    [cue.life, ['_retired', '_retd', '_g0']],
    [cue.weight, ['_wt_', '_weight_', '_weighs_', '_weighed_', '_wt0']],
    [cue.span, ['0yrs_', '0_yrs_', '0years_', '0_years_']],
    [cue.title, ['_mr_', '_mrs_', '_miss_', '_ms_']],
    [cue.value, [...values, 'ca000', 'ca_000']],
  ],
)
