import { numbers, type Panel } from './lab-test.ts'

/** Fats, hormones, sugar, iron and the rest. Ranges are typical of hospital laboratories in England. */
export const otherPanels = {
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
} as const satisfies Readonly<Record<string, Panel>>
