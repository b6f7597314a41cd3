import { required } from './random.ts'

/** A medicine as it stands on a list. `code` is the product's in the drug dictionary, where certain. */
export interface Medicine {
  readonly name: string
  readonly dose: string
  readonly code?: string
  /** Units a day, for those counted by the day: 28 days of two is "56 tablet". */
  readonly daily?: number
  readonly unit: string
  /** For those that come in packs instead. */
  readonly pack?: { readonly quantity: number; readonly days: number }
}

const tablet = 'tablet'
const capsule = 'capsule'

function each(
  name: string,
  dose: string,
  code?: string,
  daily = 1,
  unit = name.includes('capsules') ? capsule : tablet,
): Medicine {
  return { name, dose, daily, unit, ...(code !== undefined && { code }) }
}

function packed(
  name: string,
  dose: string,
  quantity: number,
  unit: string,
  days: number,
  code?: string,
): Medicine {
  return { name, dose, unit, pack: { quantity, days }, ...(code !== undefined && { code }) }
}

const morning = 'One to be taken each morning'
const night = 'One to be taken at night'
const daily = 'One to be taken each day'

const list = {
  amlodipine5: each('Amlodipine 5mg tablets', daily, '319283006'),
  amlodipine10: each('Amlodipine 10mg tablets', daily, '319284000'),
  ramipril: each('Ramipril 5mg capsules', daily),
  ramipril10: each('Ramipril 10mg capsules', daily, '318906001'),
  lisinopril: each('Lisinopril 10mg tablets', daily, '318859000'),
  losartan: each('Losartan 50mg tablets', daily, '318956006'),
  candesartan: each('Candesartan 8mg tablets', daily, '318979007'),
  indapamide: each('Indapamide 2.5mg tablets', morning),
  bisoprolol: each('Bisoprolol 5mg tablets', morning, '318590006'),
  bisoprolol125: each('Bisoprolol 1.25mg tablets', morning, '318604001'),
  atorvastatin20: each('Atorvastatin 20mg tablets', night, '320030001'),
  atorvastatin80: each('Atorvastatin 80mg tablets', night),
  clopidogrel: each('Clopidogrel 75mg tablets', daily, '319799004'),
  aspirin: each('Aspirin 75mg dispersible tablets', daily, '319773006'),
  apixaban: each('Apixaban 5mg tablets', 'One to be taken twice a day', undefined, 2),
  digoxin: each('Digoxin 125microgram tablets', morning, '317896006'),
  furosemide: each('Furosemide 40mg tablets', morning, '317972000'),
  spironolactone: each('Spironolactone 25mg tablets', morning, '318056008'),
  metformin: each(
    'Metformin 500mg tablets',
    'Two to be taken twice a day with food',
    '325278007',
    4,
  ),
  gliclazide: each(
    'Gliclazide 80mg tablets',
    'One to be taken twice a day with meals',
    '325242002',
    2,
  ),
  empagliflozin: each('Empagliflozin 10mg tablets', morning),
  sitagliptin: each('Sitagliptin 100mg tablets', daily),
  levothyroxine50: each('Levothyroxine sodium 50microgram tablets', morning),
  levothyroxine100: each('Levothyroxine sodium 100microgram tablets', morning),
  omeprazole: each('Omeprazole 20mg gastro-resistant capsules', morning, '317291008'),
  lansoprazole: each('Lansoprazole 30mg gastro-resistant capsules', morning),
  sertraline: each('Sertraline 50mg tablets', morning),
  citalopram: each('Citalopram 20mg tablets', morning, '321987003'),
  fluoxetine: each('Fluoxetine 20mg capsules', morning, '321949006'),
  amitriptyline: each('Amitriptyline 10mg tablets', night, '321745007'),
  propranolol: each('Propranolol 40mg tablets', 'One to be taken twice a day', undefined, 2),
  lamotrigine: each('Lamotrigine 100mg tablets', 'One to be taken twice a day', undefined, 2),
  levetiracetam: each('Levetiracetam 500mg tablets', 'One to be taken twice a day', undefined, 2),
  allopurinol: each('Allopurinol 300mg tablets', daily, '330062008'),
  alendronic: packed(
    'Alendronic acid 70mg tablets',
    'One to be taken once a week in the morning on an empty stomach',
    4,
    tablet,
    28,
  ),
  adcal: each('Adcal-D3 caplets', 'Two to be taken twice a day', undefined, 4, 'caplet'),
  paracetamol: each(
    'Paracetamol 500mg tablets',
    'Two to be taken up to four times a day when required',
    '322236009',
    4,
  ),
  cocodamol: each(
    'Co-codamol 30mg/500mg tablets',
    'One or two to be taken up to four times a day when required',
    '322341003',
    4,
  ),
  naproxen: each('Naproxen 500mg tablets', 'One to be taken twice a day with food', undefined, 2),
  tamsulosin: each(
    'Tamsulosin 400microgram modified-release capsules',
    morning,
    '38754011000001109',
  ),
  mebeverine: each(
    'Mebeverine 135mg tablets',
    'One to be taken three times a day before food',
    '317161009',
    3,
  ),
  cetirizine: each('Cetirizine 10mg tablets', daily, '320818006'),
  folic: each('Folic acid 5mg tablets', daily, '327550006'),
  ferrous: each('Ferrous sulfate 200mg tablets', daily, '327438003'),
  donepezil: each('Donepezil 10mg tablets', night),
  methotrexate: packed(
    'Methotrexate 2.5mg tablets',
    'Six to be taken once a week on a Monday',
    24,
    tablet,
    28,
  ),
  salbutamol: packed(
    'Salbutamol 100micrograms/dose inhaler CFC free',
    'Two puffs when required',
    200,
    'dose',
    56,
    '39113611000001102',
  ),
  beclometasone: packed(
    'Beclometasone 100micrograms/dose inhaler',
    'Two puffs twice a day',
    200,
    'dose',
    56,
    '320537007',
  ),
  fostair: packed(
    'Fostair 100micrograms/dose / 6micrograms/dose inhaler',
    'Two puffs twice a day',
    120,
    'dose',
    28,
  ),
  tiotropium: packed(
    'Tiotropium bromide 2.5micrograms/dose inhaler',
    'Two puffs each morning',
    60,
    'dose',
    28,
  ),
  mometasone: packed(
    'Mometasone 50micrograms/dose nasal spray',
    'Two sprays into each nostril each day',
    140,
    'dose',
    28,
  ),
  emollient: packed('Cetraben cream', 'Apply liberally as often as required', 500, 'gram', 56),
  hydrocortisone: packed('Hydrocortisone 1% cream', 'Apply thinly twice a day', 30, 'gram', 28),
  sumatriptan: packed('Sumatriptan 50mg tablets', 'One to be taken when required', 6, tablet, 28),
  microgynon: packed(
    'Microgynon 30 tablets',
    'One to be taken each day for 21 days',
    63,
    tablet,
    84,
    '42111000001107',
  ),
  desogestrel: packed('Desogestrel 75microgram tablets', daily, 84, tablet, 84),
  amoxicillin: packed(
    'Amoxicillin 500mg capsules',
    'One to be taken three times a day',
    15,
    capsule,
    5,
    '323510009',
  ),
  doxycycline: packed(
    'Doxycycline 100mg capsules',
    'Two to be taken on the first day then one each day',
    6,
    capsule,
    5,
    '324059006',
  ),
  nitrofurantoin: packed(
    'Nitrofurantoin 100mg modified-release capsules',
    'One to be taken twice a day',
    6,
    capsule,
    3,
  ),
  flucloxacillin: packed(
    'Flucloxacillin 500mg capsules',
    'One to be taken four times a day',
    28,
    capsule,
    7,
  ),
  phenoxymethyl: packed(
    'Phenoxymethylpenicillin 250mg tablets',
    'Two to be taken four times a day',
    80,
    tablet,
    10,
  ),
  prednisolone: packed(
    'Prednisolone 5mg tablets',
    'Eight to be taken each morning for 5 days',
    40,
    tablet,
    5,
  ),
  fusidic: packed('Fusidic acid 2% cream', 'Apply three times a day', 15, 'gram', 7),
  chloramphenicol: packed(
    'Chloramphenicol 0.5% eye drops',
    'One drop every two hours for two days then four times a day',
    10,
    'ml',
    5,
  ),
  ibuprofen: packed(
    'Ibuprofen 400mg tablets',
    'One to be taken three times a day with food',
    42,
    tablet,
    14,
  ),
  amoxicillinLiquid: packed(
    'Amoxicillin 250mg/5ml oral suspension',
    '5ml to be taken three times a day',
    100,
    'ml',
    5,
  ),
  otomize: packed(
    'Betamethasone 0.1% ear drops',
    'Three drops into the affected ear four times a day',
    10,
    'ml',
    7,
  ),
} as const satisfies Readonly<Record<string, Medicine>>

/** A medicine by its short name here. */
export type MedicineName = keyof typeof list

/** The medicine of a short name. */
export function medicine(name: MedicineName): Medicine {
  return required<Medicine>(list[name])
}

/** How much is supplied at a time and for how many days, where `days` is asked for. */
export function supplyOf(
  one: Medicine,
  days: number,
): { readonly quantity: string; readonly days: number } {
  if (one.pack) return { quantity: `${one.pack.quantity} ${one.unit}`, days: one.pack.days }
  return { quantity: `${(one.daily ?? 1) * days} ${one.unit}`, days }
}
