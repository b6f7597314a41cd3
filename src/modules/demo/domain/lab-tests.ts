/** One test as an English laboratory prints it. */
export interface LabTest {
  readonly id: string
  readonly title: string
  /** In SNOMED CT. */
  readonly code?: string
  readonly unit: string
  readonly low?: number
  readonly high?: number
  /** Another range for women, where the laboratory gives one. */
  readonly female?: { readonly low?: number; readonly high?: number }
  readonly decimals: number
  /** What is usual, and how far apart two people and two tests of one person are. */
  readonly mean: number
  readonly between: number
  readonly within: number
  /** Nobody is alive outside these. */
  readonly least: number
  readonly most: number
}

/** Tests that are ordered and reported together. */
export type PanelName =
  | 'renal'
  | 'liver'
  | 'blood-count'
  | 'lipids'
  | 'thyroid'
  | 'hba1c'
  | 'acr'
  | 'iron'
  | 'inflammation'
  | 'urate'
  | 'bone'

export interface Panel {
  readonly title: string
  readonly code?: string
  readonly specimen: string
  readonly tests: readonly LabTest[]
}

type Numbers = Pick<LabTest, 'decimals' | 'mean' | 'between' | 'within' | 'least' | 'most'>

/** Mean, between and within people, least and most, in that order. */
function numbers(
  decimals: number,
  ...given: readonly [number, number, number, number, number]
): Numbers {
  const [mean, between, within, least, most] = given
  return { decimals, mean, between, within, least, most }
}

const haemoglobin: LabTest = {
  id: 'hb',
  title: 'Haemoglobin estimation',
  code: '1022431000000105',
  unit: 'g/L',
  low: 130,
  high: 170,
  female: { low: 115, high: 150 },
  ...numbers(0, 144, 7, 3, 65, 195),
}

/** Panels by name. Ranges are typical of hospital laboratories in England. */
export const panels: Readonly<Record<PanelName, Panel>> = {
  renal: {
    title: 'Urea and electrolytes',
    code: '1000971000000107',
    specimen: 'Serum',
    tests: [
      {
        id: 'na',
        title: 'Serum sodium level',
        code: '1000661000000107',
        unit: 'mmol/L',
        low: 133,
        high: 146,
        ...numbers(0, 140, 1.6, 1.2, 118, 156),
      },
      {
        id: 'k',
        title: 'Serum potassium level',
        code: '1000651000000109',
        unit: 'mmol/L',
        low: 3.5,
        high: 5.3,
        ...numbers(1, 4.4, 0.25, 0.18, 2.6, 6.6),
      },
      {
        id: 'urea',
        title: 'Serum urea level',
        code: '1000951000000103',
        unit: 'mmol/L',
        low: 2.5,
        high: 7.8,
        ...numbers(1, 5.3, 0.8, 0.5, 1.2, 32),
      },
      {
        id: 'creatinine',
        title: 'Serum creatinine level',
        code: '1000731000000107',
        unit: 'umol/L',
        low: 59,
        high: 104,
        female: { low: 45, high: 84 },
        ...numbers(0, 80, 8, 3, 30, 480),
      },
      {
        id: 'egfr',
        title: 'eGFR using CKD-EPI formula per 1.73 square metres',
        code: '1011481000000105',
        unit: 'mL/min',
        low: 60,
        ...numbers(0, 85, 0, 0, 6, 140),
      },
    ],
  },
  liver: {
    title: 'Liver function tests',
    code: '997531000000108',
    specimen: 'Serum',
    tests: [
      {
        id: 'bilirubin',
        title: 'Serum bilirubin level',
        code: '999691000000104',
        unit: 'umol/L',
        high: 21,
        ...numbers(0, 10, 3, 1.5, 2, 180),
      },
      {
        id: 'alt',
        title: 'Serum alanine aminotransferase level',
        code: '1018251000000107',
        unit: 'U/L',
        high: 50,
        female: { high: 35 },
        ...numbers(0, 22, 6, 3, 6, 600),
      },
      {
        id: 'alp',
        title: 'Serum alkaline phosphatase level',
        code: '1000621000000104',
        unit: 'U/L',
        low: 30,
        high: 130,
        ...numbers(0, 75, 14, 5, 18, 500),
      },
      {
        id: 'albumin',
        title: 'Serum albumin level',
        code: '1000821000000103',
        unit: 'g/L',
        low: 35,
        high: 50,
        ...numbers(0, 42, 2, 1.2, 18, 56),
      },
    ],
  },
  'blood-count': {
    title: 'Full blood count',
    code: '1022441000000101',
    specimen: 'Whole blood',
    tests: [
      haemoglobin,
      {
        id: 'wcc',
        title: 'White blood cell count',
        code: '1022541000000102',
        unit: '10*9/L',
        low: 4,
        high: 11,
        ...numbers(1, 6.9, 1, 0.7, 1.5, 40),
      },
      {
        id: 'platelets',
        title: 'Platelet count',
        code: '1022651000000100',
        unit: '10*9/L',
        low: 150,
        high: 410,
        ...numbers(0, 258, 40, 15, 35, 900),
      },
      {
        id: 'mcv',
        title: 'Mean corpuscular volume',
        code: '1022491000000106',
        unit: 'fL',
        low: 80,
        high: 100,
        ...numbers(1, 90, 3, 0.8, 62, 122),
      },
      {
        id: 'neutrophils',
        title: 'Neutrophil count',
        code: '1022551000000104',
        unit: '10*9/L',
        low: 2,
        high: 7.5,
        ...numbers(1, 4.1, 0.8, 0.5, 0.3, 32),
      },
      {
        id: 'lymphocytes',
        title: 'Lymphocyte count',
        code: '1022581000000105',
        unit: '10*9/L',
        low: 1,
        high: 4,
        ...numbers(1, 2, 0.4, 0.2, 0.2, 30),
      },
    ],
  },
  lipids: {
    title: 'Lipid profile',
    specimen: 'Serum',
    tests: [
      {
        id: 'cholesterol',
        title: 'Serum cholesterol level',
        code: '1005671000000105',
        unit: 'mmol/L',
        high: 5,
        ...numbers(1, 4.7, 0.7, 0.25, 1.8, 11),
      },
      {
        id: 'hdl',
        title: 'Serum HDL cholesterol level',
        code: '1005681000000107',
        unit: 'mmol/L',
        low: 1,
        ...numbers(1, 1.4, 0.25, 0.08, 0.5, 3.4),
      },
      {
        id: 'triglycerides',
        title: 'Serum triglycerides level',
        code: '1005691000000109',
        unit: 'mmol/L',
        high: 2.3,
        ...numbers(1, 1.4, 0.4, 0.2, 0.3, 12),
      },
    ],
  },
  thyroid: {
    title: 'Thyroid function tests',
    specimen: 'Serum',
    tests: [
      {
        id: 'tsh',
        title: 'Serum TSH level',
        code: '1022791000000101',
        unit: 'mU/L',
        low: 0.27,
        high: 4.2,
        ...numbers(2, 1.9, 0.5, 0.35, 0.01, 95),
      },
      {
        id: 't4',
        title: 'Serum free T4 level',
        code: '1016971000000106',
        unit: 'pmol/L',
        low: 11,
        high: 22,
        ...numbers(1, 16, 1.2, 0.8, 3, 55),
      },
    ],
  },
  hba1c: {
    title: 'Haemoglobin A1c level',
    specimen: 'Whole blood',
    tests: [
      {
        id: 'hba1c',
        title: 'Haemoglobin A1c level - IFCC standardised',
        code: '999791000000106',
        unit: 'mmol/mol',
        low: 20,
        high: 41,
        ...numbers(0, 36, 2, 1, 18, 150),
      },
    ],
  },
  acr: {
    title: 'Urine albumin/creatinine ratio',
    specimen: 'Urine',
    tests: [
      {
        id: 'acr',
        title: 'Urine albumin/creatinine ratio',
        code: '1023491000000104',
        unit: 'mg/mmol',
        high: 3,
        ...numbers(1, 1.3, 0.5, 0.3, 0.2, 180),
      },
    ],
  },
  iron: {
    title: 'Haematinics',
    specimen: 'Serum',
    tests: [
      {
        id: 'ferritin',
        title: 'Serum ferritin level',
        code: '993381000000106',
        unit: 'ug/L',
        low: 30,
        high: 400,
        female: { low: 15, high: 200 },
        ...numbers(0, 90, 25, 10, 3, 1800),
      },
      {
        id: 'b12',
        title: 'Serum vitamin B12 level',
        code: '993391000000108',
        unit: 'ng/L',
        low: 190,
        high: 910,
        ...numbers(0, 420, 80, 30, 60, 2000),
      },
    ],
  },
  inflammation: {
    title: 'CRP',
    specimen: 'Serum',
    tests: [
      {
        id: 'crp',
        title: 'Serum CRP level',
        code: '1001371000000100',
        unit: 'mg/L',
        high: 5,
        ...numbers(0, 2.5, 0.8, 0.8, 1, 320),
      },
    ],
  },
  urate: {
    title: 'Serum urate level',
    specimen: 'Serum',
    tests: [
      {
        id: 'urate',
        title: 'Serum urate level',
        unit: 'umol/L',
        low: 200,
        high: 430,
        female: { low: 140, high: 360 },
        ...numbers(0, 320, 35, 15, 90, 800),
      },
    ],
  },
  bone: {
    title: 'Bone profile',
    code: '1006761000000104',
    specimen: 'Serum',
    tests: [
      {
        id: 'calcium',
        title: 'Serum adjusted calcium concentration',
        code: '935051000000108',
        unit: 'mmol/L',
        low: 2.2,
        high: 2.6,
        ...numbers(2, 2.36, 0.05, 0.03, 1.6, 3.6),
      },
      {
        id: 'phosphate',
        title: 'Serum inorganic phosphate level',
        code: '1000701000000101',
        unit: 'mmol/L',
        low: 0.8,
        high: 1.5,
        ...numbers(2, 1.1, 0.1, 0.06, 0.3, 2.9),
      },
      {
        id: 'vitamin-d',
        title: 'Serum 25-hydroxy vitamin D level',
        unit: 'nmol/L',
        low: 50,
        high: 150,
        ...numbers(0, 66, 14, 6, 9, 280),
      },
    ],
  },
}
