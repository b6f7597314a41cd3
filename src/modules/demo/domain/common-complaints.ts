import { restExercise, safetyNet, type Complaint } from './complaint.ts'

/** The commonest complaints, mostly infections and aches, with their words. */
export const commonComplaints: readonly Complaint[] = [
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
]
