import { detailOf } from '../details.ts'
import type { EntryValue, IncomingEntry } from '../entry.ts'
import { plainTerm } from './words.ts'

const before = [
  'serum',
  'plasma',
  'whole blood',
  'blood',
  'urine',
  'random urine',
  'fasting',
  'random',
  'total',
  'corrected',
  'adjusted',
  'calculated',
  'estimated',
  'mean',
  'percentage',
  's',
  'p',
  'b',
]

/** Ordinary blood and urine tests whose figures, inside their range, say nothing private. */
const tests = [
  'sodium',
  'potassium',
  'urea',
  'creatinine',
  'bicarbonate',
  'chloride',
  'calcium',
  'phosphate',
  'inorganic phosphate',
  'magnesium',
  'urate',
  'uric acid',
  'e?gfr',
  'glomerular filtration rate',
  'gfr',
  'albumin',
  'globulin',
  'protein',
  'bilirubin',
  'alanine aminotransferase',
  'alanine transaminase',
  'alt',
  'aspartate aminotransferase',
  'ast',
  'alkaline phosphatase',
  'alp',
  'gamma[- ]glutamyl transferase',
  'gamma[- ]gt',
  'ggt',
  'cholesterol',
  'hdl cholesterol',
  'ldl cholesterol',
  'non[- ]hdl cholesterol',
  'high density lipoprotein cholesterol',
  'low density lipoprotein cholesterol',
  'hdl',
  'ldl',
  'triglycerides?',
  'cholesterol ?[/:] ?hdl(?: ratio)?',
  'hba1c',
  'haemoglobin a1c',
  'hemoglobin a1c',
  'glycated haemoglobin',
  'glucose',
  'tsh',
  'thyroid stimulating hormone',
  'thyrotropin',
  'free t4',
  'free t3',
  'free thyroxine',
  'thyroxine',
  'vitamin d',
  '25[- ]?hydroxy ?vitamin d',
  'total 25[- ]hydroxyvitamin d',
  'vitamin b12',
  'b12',
  'folate',
  'ferritin',
  'iron',
  'transferrin',
  'transferrin saturation',
  'haemoglobin',
  'hemoglobin',
  'haemoglobin estimation',
  'white cells?',
  'white blood cells?',
  'wbc',
  'leucocytes?',
  'platelets?',
  'red blood cells?',
  'red cells?',
  'rbc',
  'haematocrit',
  'packed cell volume',
  'pcv',
  'mcv',
  'mch',
  'mchc',
  'rdw',
  'corpuscular volume',
  'cell volume',
  'corpuscular haemoglobin',
  'corpuscular hb conc',
  'red (?:blood )?cell distribution width',
  'neutrophils?',
  'lymphocytes?',
  'monocytes?',
  'eosinophils?',
  'basophils?',
  'esr',
  'erythrocyte sedimentation rate',
  'crp',
  'c[- ]reactive protein',
  'c reactive protein',
  'albumin ?[/:] ?creatinine(?: ratio)?',
  'acr',
]

const after = [
  'levels?',
  'concentration',
  'measurement',
  'counts?',
  'cell count',
  'estimation',
  'ratio',
  'observation',
  'substance concentration',
  'mass concentration',
  '\\(tsh\\)',
  '\\(alt\\)',
  '\\(acr\\)',
  '\\(hba1c\\)',
  '\\(esr\\)',
  '-? ?ifcc standardi[sz]ed',
  '\\(ifcc standardi[sz]ed\\)',
  'ifcc',
  'using ckd-epi(?: \\([a-z ]+\\))? formula(?: per 1\\.73 square metres)?',
  'abbreviated mdrd',
  '\\(mdrd\\)',
  '\\(ckd-epi\\)',
  'per 1\\.73 square metres',
  'sd',
  'cv',
]

const single = new RegExp(
  `^(?:(?:${before.join('|')}) )*(?:${tests.join('|')})(?: (?:${after.join('|')}))*$`,
)

const groups = new RegExp(
  `^(?:(?:serum|plasma|blood|fasting) )*(?:${[
    'full blood count(?: - fbc)?',
    'fbc',
    'urea and electrolytes',
    'urea & electrolytes',
    'u ?(?:&|and) ?e(?:s)?',
    'renal (?:function|profile)(?: tests?)?',
    'liver function tests?',
    'lft',
    'lfts',
    'liver profile',
    'lipids?(?: profile)?',
    'lipid levels',
    'thyroid function tests?',
    'tft',
    'tfts',
    'bone profile',
    'haematinics',
    'iron studies',
    'hba1c',
    'glucose',
    'vitamin d',
    'vitamin b12 (?:and|&) folate',
    'differential white cell count',
    'crp',
    'esr',
    'haematology',
    'biochemistry',
    'blood chemistry',
  ].join('|')})(?: (?:levels?|tests?|profile|measurement|panel))*$`,
)

const normal = /^(?:n|normal|within (?:normal|reference) (?:limits|range))$/i
const plainSpecimen =
  /^(?:(?:venous|whole|serum|plasma|random|fasting|edta) )*(?:blood|serum|plasma|urine|edta|venous blood)(?: (?:sample|specimen))?$/i

/** Whether a title is that of an ordinary test. */
export function isOrdinaryTest(title: string): boolean {
  return single.test(plainTerm(title))
}

/** Whether a title is that of an ordinary group of tests, such as a full blood count. */
export function isOrdinaryTestGroup(title: string): boolean {
  const term = plainTerm(title)
  return groups.test(term) || single.test(term)
}

/** Whether a clinician has filed it as final, and the source flags nothing about it. */
export function isFiledFinal(entry: IncomingEntry): boolean {
  const detail = detailOf('result', entry)
  return (
    entry.filedAt !== undefined &&
    detail.status?.toLowerCase() === 'final' &&
    (detail.interpretation === undefined || normal.test(detail.interpretation)) &&
    (detail.specimen === undefined || plainSpecimen.test(detail.specimen))
  )
}

/** Whether a figure is surely inside its stated range. Without a range, or with an end missing, it is not. */
export function isInRange(value: EntryValue | undefined): boolean {
  if (value?.number === undefined || !Number.isFinite(value.number)) return false
  const { number, low, high, comparator } = value
  if (low === undefined && high === undefined) return false
  if (comparator === '<' || comparator === '<=')
    return low === undefined && high !== undefined && number <= high
  if (comparator === '>' || comparator === '>=')
    return high === undefined && low !== undefined && number >= low
  return (low === undefined || number >= low) && (high === undefined || number <= high)
}
