import type { MedicineName } from './medicines.ts'
import type { Phrases } from './shorthand.ts'

/** Something people come with and mostly get over. */
export interface Complaint {
  readonly title: string
  readonly code?: string
  readonly from: number
  readonly until: number
  readonly sex?: 'female' | 'male'
  readonly weight: number
  readonly history: Phrases
  readonly examination: Phrases
  readonly plan: Phrases
  readonly medicines?: readonly MedicineName[]
}

const safetyNet =
  'Rv if not settling | Safety-netted | To ring back if worse | RTC if no better 1/52 | Worsening advice given, pt happy w plan | 111 / ED if red flags | '
const restExercise =
  'Keep active, sheet given | Exercises shown | Self-ref physio | Heat, simple analgesia | '

/** Complaints with their words. Written for this; nobody's notes. */
export const complaints: readonly Complaint[] = [
  {
    title: 'Upper respiratory infection',
    code: '54150009',
    from: 2,
    until: 99,
    weight: 12,
    history: [
      '{d} hx coryza, dry cough | Cough + cold {d} | Sore throat, runny nose {d} | Head cold {d}, now chesty cough',
      'No SOB | No CP/SOB | Off food but drinking | Sleep poor w cough | Taking lemsip | ',
      'No travel | COVID LFT neg at home | ',
    ],
    examination: [
      'T {t}, P {p}, sats {sats}% OA | Looks well. T {t} | Obs stable, T {t} sats {sats}%',
      'Chest clear | Throat red, no pus | Chest clear, no creps or wheeze | TMs NAD, throat mildly inflamed',
    ],
    plan: [
      'Viral, self care | Viral URTI explained, no abx | Fluids, paracetamol | Expect 2-3/52 for cough',
      safetyNet,
    ],
  },
  {
    title: 'Lower respiratory tract infection',
    code: '50417007',
    from: 18,
    until: 99,
    weight: 6,
    medicines: ['amoxicillin', 'doxycycline'],
    history: [
      'Productive cough {d}, green sputum | Chesty {d}, feverish at night | Cough {w}, now purulent',
      'Slightly SOBOE | No haemoptysis | Pleuritic pain {side} | ',
      'Ex smoker | Eating OK | ',
    ],
    examination: [
      'T {t} P {p} RR 18 sats {sats}%',
      'Creps {side} base | Coarse creps {side} base, no bronchial breathing | Rhonchi bilat, creps {side} base',
      'CRB65 0 | Not toxic | ',
    ],
    plan: [
      'Abx as below | Tx as LRTI, abx 5/7 | Abx, fluids',
      'CXR if no better 3/52 | Rv 48h if not improving | Smoking advice | ',
      safetyNet,
    ],
  },
  {
    title: 'Low back pain',
    code: '279039007',
    from: 18,
    until: 90,
    weight: 9,
    medicines: ['ibuprofen', 'naproxen'],
    history: [
      'LBP {d} after gardening | Low back pain {w}, no injury | Back pain after lifting, {d} | Recurrent LBP, this ep {w}',
      'No leg pain | Radiates to {side} buttock | Stiff in am',
      'No red flags | B+B NAD, no saddle anaesthesia | No wt loss, no night pain',
    ],
    examination: [
      'SLR 80 bilat | Reduced flexion, SLR NAD | Tender paraspinals {side}',
      'Power + reflexes normal | Neuro LL intact | Gait normal',
    ],
    plan: [
      'Mechanical LBP | Imp mechanical, reassured | Prob facet/muscular',
      restExercise,
      safetyNet,
    ],
  },
  {
    title: 'Knee pain',
    code: '30989003',
    from: 25,
    until: 95,
    weight: 6,
    history: [
      '{side} knee pain {m} | {side} knee sore on stairs {w} | Ongoing {side} knee pain, worse end of day',
      'No locking or giving way | Gives way at times | Stiff after sitting',
      'No injury | Old football injury | ',
    ],
    examination: [
      'Small effusion | No effusion, FROM | Crepitus, med joint line tender',
      'Ligaments stable | SLR NAD, hip NAD | ',
    ],
    plan: [
      'Likely OA | Patellofemoral pain | Early OA discussed',
      'XR knee req | Physio | Wt loss, topical NSAID',
      safetyNet,
    ],
  },
  {
    title: 'Urinary tract infection',
    code: '68566005',
    from: 18,
    until: 95,
    sex: 'female',
    weight: 5,
    medicines: ['nitrofurantoin'],
    history: [
      'Dysuria + frequency {d} | Cystitis sx {d} | Burning PU, urgency {d}',
      'No loin pain, no fever | No haematuria | Systemically well',
      'Drinking well | ',
    ],
    examination: [
      'Dip leuc++ nit+ | Dip nit + blood trace | Abdo soft, no loin tenderness, dip pos',
      'T {t} | ',
    ],
    plan: ['Abx 3/7 | Tx as UTI | MSU sent, tx started', 'Fluids | ', safetyNet],
  },
  {
    title: 'Eczema',
    code: '43116000',
    from: 0,
    until: 80,
    weight: 4,
    medicines: ['emollient', 'hydrocortisone'],
    history: [
      'Itchy flexures {w} | Flare of eczema {w} | Dry itchy skin, worse in winter',
      'Scratching at night | Soap substitute helps | New washing powder | ',
    ],
    examination: [
      'Dry erythematous patches flexures | Lichenified elbow flexures | Patches both hands',
      'No infection | Some excoriation, not infected',
    ],
    plan: [
      'Emollients ++ | Step up steroid 1/52 then stop | Emollient + weak steroid',
      'Soap substitute | Leaflet | ',
      safetyNet,
    ],
  },
  {
    title: 'Otitis media',
    code: '65363002',
    from: 0,
    until: 12,
    weight: 6,
    medicines: ['amoxicillinLiquid'],
    history: [
      '{side} earache {d}, fever | Pulling {side} ear, off food {d} | Cold then {side} ear pain overnight',
      'Calpol helping | Wet nappies OK | Drinking | Up to date w imms',
    ],
    examination: [
      'T {t}, alert, hydrated',
      '{side} TM red, bulging | {side} TM dull, injected | {side} TM inflamed, no perf',
    ],
    plan: ['Delayed script | Analgesia, most settle 3/7 | Abx as below', safetyNet],
  },
  {
    title: 'Tonsillitis',
    code: '90176007',
    from: 4,
    until: 40,
    weight: 4,
    medicines: ['phenoxymethyl'],
    history: [
      'Sore throat {d}, fever | Throat {d}, painful to swallow',
      'No cough | Managing fluids | Missed school/work',
    ],
    examination: [
      'Tonsils red w exudate | Pus on tonsils, tender nodes',
      'T {t} | FeverPAIN {n} | No trismus',
    ],
    plan: ['Pen V | FeverPAIN 4, abx | Abx, gargles', safetyNet],
  },
  {
    title: 'Viral gastroenteritis',
    from: 1,
    until: 85,
    weight: 3,
    history: [
      'D+V {d} | Loose stool x{n} daily {d}, vomited once | Diarrhoea since weekend',
      'No blood | Keeping sips down | No travel | PU OK',
    ],
    examination: ['Abdo soft, mild gen tenderness | Well hydrated, abdo SNT', 'T {t} P {p} | '],
    plan: ['Fluids / ORS | Viral GE, self-limiting | Stool if >7/7', '48h exclusion | ', safetyNet],
  },
  {
    title: 'Cellulitis',
    code: '128045006',
    from: 30,
    until: 95,
    weight: 2,
    medicines: ['flucloxacillin'],
    history: [
      'Red hot {side} shin {d} | {side} lower leg red, spreading {d}',
      'Insect bite | Cracked heel | No trauma',
    ],
    examination: [
      'Erythema {side} shin, warm, margin drawn | Well-demarcated cellulitis {side} leg',
      'T {t} P {p} | No DVT signs, calf soft',
    ],
    plan: ['Fluclox 7/7 | Abx, elevate', 'Rv 48h | Rv w nurse 2/7', safetyNet],
  },
  {
    title: 'Headache',
    code: '25064002',
    from: 14,
    until: 75,
    weight: 4,
    history: [
      'Headaches {w}, band-like | Daily HA {w} | Frontal HA on and off {m}',
      'No aura, no vomiting | Screens ++ | Poor sleep | Work stress',
      'No red flags | Vision normal | No early am HA',
    ],
    examination: ['Fundi normal | CN NAD, fundi NAD', 'Neck supple | Neuro intact | '],
    plan: [
      'Tension type | Likely TTH +/- analgesia overuse | HA diary',
      'Optician | Limit analgesia to 2d/wk | ',
      safetyNet,
    ],
  },
  {
    title: 'Tired all the time',
    code: '267032009',
    from: 18,
    until: 80,
    weight: 4,
    history: [
      'TATT {m} | Fatigue {w}, sleeps ok but unrefreshed | No energy {m}',
      'Mood OK | Shift work | Busy job',
      'No wt loss | No night sweats | Snores | ',
    ],
    examination: ['NAD, not pale | Well, P {p} | No LN, no goitre'],
    plan: [
      'Bloods req | FBC TFT ferritin HbA1c | Bloods, rv w results',
      'Sleep hygiene | Exercise | ',
    ],
  },
  {
    title: 'Shoulder pain',
    code: '45326000',
    from: 35,
    until: 85,
    weight: 4,
    history: [
      '{side} shoulder {w} | {side} shoulder stiff {m} | Pain {side} shoulder reaching up {w}',
      'Worse at night | No injury | DIY ++',
      'No neck sx | ',
    ],
    examination: ['Painful arc | ER reduced {side} | FROM w pain, cuff power OK'],
    plan: [
      'Cuff tendinopathy | Frozen shoulder, stages explained | Subacromial pain',
      restExercise,
      safetyNet,
    ],
  },
  {
    title: 'Skin lesion',
    code: '95324001',
    from: 30,
    until: 95,
    weight: 4,
    history: [
      'Mole on back, {m} | Lump {side} forearm {m} | Scaly patch on temple',
      'Not changed | No bleed | Catches on clothing',
    ],
    examination: [
      'Seb keratosis | Regular pigmented naevus 4mm | AK, dermoscopy benign | Dermatofibroma',
      'No others of note | ',
    ],
    plan: ['Benign, reassured | Photo, rv 3/12 | Reassure, sun care', 'Self check advice | '],
  },
  {
    title: 'Conjunctivitis',
    code: '9826008',
    from: 1,
    until: 80,
    weight: 3,
    medicines: ['chloramphenicol'],
    history: [
      '{side} eye sticky {d} | Red {side} eye, discharge {d}',
      'Vision OK | No photophobia, no CL | Gritty',
    ],
    examination: [
      'Injected, mucopurulent d/c | Conj red, cornea clear',
      'VA 6/6 | Pupils equal | ',
    ],
    plan: ['Bathe, drops if no better 3/7 | Drops as below', safetyNet],
  },
  {
    title: 'Dyspepsia',
    code: '162031009',
    from: 20,
    until: 80,
    weight: 4,
    medicines: ['omeprazole'],
    history: [
      'Epigastric burning {w} | Heartburn after meals {m} | Indigestion {w}, worse lying',
      'No dysphagia, no wt loss | No melaena | Ibuprofen occ',
      'Coffee x{n} | ',
    ],
    examination: ['Abdo SNT | Mild epigastric tenderness | No mass, abdo soft'],
    plan: ['PPI 4/52 | H pylori stool then PPI | Lifestyle, PPI trial', safetyNet],
  },
  {
    title: 'Ear wax',
    from: 40,
    until: 95,
    weight: 3,
    history: [
      'Blocked {side} ear {w} | Hearing dull {side} | Ears blocked, hearing aids',
      'No pain | Oil tried | ',
    ],
    examination: ['Wax {side}, TM not seen | Bilat wax'],
    plan: ['Olive oil 2/52 then rv | Oil, irrigation clinic | Microsuction info'],
  },
  {
    title: 'Ankle sprain',
    from: 10,
    until: 65,
    weight: 3,
    medicines: ['ibuprofen'],
    history: [
      'Inverted {side} ankle {d} ago | Twisted {side} ankle at football',
      'WB w pain | Swollen, bruised',
    ],
    examination: [
      'ATFL tender, no bony tenderness | Swelling lat malleolus, Ottawa neg',
      'NV intact | ',
    ],
    plan: ['RICE, early mobilisation | Sprain, exercises', safetyNet],
  },
  {
    title: 'Stress-related problem',
    code: '162218007',
    from: 18,
    until: 66,
    weight: 5,
    history: [
      'Work stress {w} | Struggling w workload {m} | Restructure at work, anxious {w}',
      'Sleep poor | Irritable | Tearful at times',
      'Supportive manager | OH involved | Running helps',
      'No thoughts of harm | Safe',
    ],
    examination: ['Good rapport, reactive | Tense, eye contact good', 'PHQ {n} | '],
    plan: [
      'MED3 2/52 | Talking therapies self ref | Discussed options, pt prefers watch + wait',
      'Rv 2/52 | Rv 4/52 | ',
    ],
  },
  {
    title: 'Constipation',
    from: 1,
    until: 95,
    weight: 3,
    history: [
      'BO x2/wk, hard | Straining, hard stools {w}',
      'No blood | No wt loss | Low fluid intake',
      'On codeine | Poor fibre | ',
    ],
    examination: ['Abdo soft, faeces LIF | Abdo NAD'],
    plan: ['Fluids, fibre | Macrogol | Laxative OTC first', safetyNet],
  },
  {
    title: 'Chickenpox',
    code: '38907003',
    from: 1,
    until: 9,
    weight: 3,
    history: [
      'Spots since yesterday, in nursery outbreak | Vesicles {d}, feverish',
      'Drinking | Itchy ++',
    ],
    examination: [
      'Typical crops, some crusted | Vesicular rash trunk + face',
      'T {t}, alert | Not infected',
    ],
    plan: [
      'Self-limiting, exclusion until crusted | Calamine, paracetamol, no ibuprofen',
      safetyNet,
    ],
  },
  {
    title: 'Viral wheeze',
    from: 1,
    until: 5,
    weight: 3,
    medicines: ['salbutamol'],
    history: [
      'Cough + wheeze {d} w cold | Wheezy overnight, coryzal',
      'Feeding 3/4 | No apnoea | Playing in room',
    ],
    examination: [
      'RR 32, mild recession, sats {sats}% | Sats {sats}%, exp wheeze bilat',
      'T {t} | Alert, pink',
    ],
    plan: ['Salbutamol via spacer, technique shown | Spacer + plan', safetyNet],
  },
  {
    title: 'Nappy rash',
    from: 0,
    until: 2,
    weight: 3,
    history: ['Red nappy area {d} | Sore bottom {d}, loose stools w teething', 'Feeding well | '],
    examination: ['Erythema, flexures spared | Satellite lesions, candidal', 'Well, thriving | '],
    plan: ['Barrier cream, air | Clotrimazole OTC', safetyNet],
  },
  {
    title: 'Dizziness',
    code: '404640003',
    from: 50,
    until: 95,
    weight: 4,
    history: [
      'Spinning on turning in bed {d} | Light-headed standing {w} | Vertigo secs, worse R turn',
      'No LOC | Hearing OK | No CP/palps',
    ],
    examination: [
      'Hallpike pos {side} | BP lying/standing no drop | CN NAD, gait OK',
      'P {p} reg | ',
    ],
    plan: ['BPPV, Epley done | Fluids, stand slowly | Brandt-Daroff sheet', safetyNet],
  },
]
