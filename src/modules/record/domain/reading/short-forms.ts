/** Short forms that mean one thing in a GP record, with plain words. Those with several senses are left out. */
const meanings: Readonly<Record<string, string>> = readTable(`
ABPM = blood pressure measured at home over a day
ACE inhibitor = a kind of blood pressure medicine
ACR = a urine test for protein, which shows how the kidneys work
A&E = accident and emergency
AF = atrial fibrillation, an uneven heartbeat
ALP = a test of the liver and bones
ALT = a test of the liver
ANA = a blood test for some illnesses of the immune system
APTT = a test of how blood clots
AST = a test of the liver
BD = twice a day
bd = twice a day
BMI = body mass index, weight compared with height
BNF = the book of medicines that prescribers use
BNP = a blood test of the heart
BP = blood pressure
BPH = a larger prostate that is not cancer
bpm = beats a minute
BM = a blood sugar test from a finger
CABG = a heart operation that goes round a blocked vessel
CKD = long-term kidney disease
CNS = brain and nerves
COPD = a long-term lung condition
CPAP = a machine that helps breathing at night
CRP = a blood test that goes up with inflammation
CT = a scan with X-rays from many sides
CTPA = a scan of the vessels of the lungs
CVA = stroke
CVD = disease of the heart and blood vessels
CXR = chest X-ray
D&V = diarrhoea and being sick
DEXA = a scan of how strong bones are
DMARD = a medicine that slows down arthritis
DNA = did not come to the appointment
DOAC = a medicine against blood clots
DOB = date of birth
DVT = a blood clot in a deep vein
DXA = a scan of how strong bones are
ECG = a tracing of the heartbeat
eGFR = how well the kidneys filter blood
ENT = ear, nose and throat
ESR = a blood test that goes up with inflammation
FBC = full blood count
FEV1 = how much air is blown out in one second
FH = family history
FHx = family history
F2F = face to face
FIT = a test for traces of blood in poo
FU = follow-up
f/u = follow-up
FVC = how much air is blown out in all
GCA = inflammation of arteries in the head
GFR = how well the kidneys filter blood
GGT = a test of the liver
GI = of the stomach and bowel
GORD = acid coming up from the stomach
GTN = a spray or tablet for chest pain
Hb = haemoglobin, what carries oxygen in blood
HbA1c = average blood sugar over the last three months
HCA = health care assistant
HDL = the kind of cholesterol that protects
HPC = how the problem began
HR = heart rate
HRT = hormone replacement therapy
IBD = inflammatory bowel disease
IBS = irritable bowel syndrome
ICS = a preventer inhaler with steroid
IHD = heart disease from narrow vessels
IM = into a muscle
INR = how long blood takes to clot
IV = into a vein
LABA = a long-acting inhaler
LDL = the kind of cholesterol that clogs vessels
LFT = liver function test
LFTs = liver function tests
LMP = first day of the last period
LRTI = chest infection
LTC = long-term condition
LUTS = trouble with passing water
LVF = heart failure
MCV = the size of red blood cells
MDT = a team of different professionals
MI = heart attack
MMR = vaccine against measles, mumps and rubella
MR = slow release
MRI = a scan with magnets
MSU = a clean urine sample
NAD = nothing abnormal found
NBM = nothing to eat or drink
nocte = at night
NKDA = no known medicine allergies
NOAC = a medicine against blood clots
NRT = nicotine replacement
NSAID = a painkiller such as ibuprofen
NSAIDs = painkillers such as ibuprofen
o/e = on examination
O/E = on examination
OA = osteoarthritis
OCP = the pill
OD = once a day
od = once a day
om = every morning
on = every night
OOH = out of hours
OPD = outpatient clinic
OSA = breathing that stops and starts in sleep
OT = occupational therapist
OTC = bought without a prescription
PCN = a group of GP surgeries
PE = a blood clot in the lung
PEFR = how fast air is blown out
PMH = past medical history
PMHx = past medical history
PMR = a condition of stiff, aching muscles
PO = by mouth
po = by mouth
POP = the progestogen-only pill
PPI = a medicine that lowers stomach acid
PR = examination of the back passage
PRN = when needed
prn = when needed
PSA = a blood test of the prostate
PVD = narrow vessels in the legs
QDS = four times a day
qds = four times a day
RA = rheumatoid arthritis
RBC = red blood cells
ROS = questions about the rest of the body
RR = breaths a minute
RTA = road traffic accident
Rx = treatment
SABA = a reliever inhaler
SALT = speech and language therapist
sats = oxygen in the blood
SpO2 = oxygen in the blood
SOB = short of breath
SOBOE = short of breath when moving
SSRI = a kind of medicine for mood
SVT = a fast heartbeat
T1DM = type 1 diabetes
T2DM = type 2 diabetes
TATT = tired all the time
TCI = to come in
TDS = three times a day
tds = three times a day
TFT = thyroid function test
TFTs = thyroid function tests
TIA = a small stroke that passes
TKR = knee replacement
THR = hip replacement
TSH = a test of the thyroid
TTO = medicines to take home
U&E = a blood test of the kidneys and salts
U&Es = a blood test of the kidneys and salts
URTI = a cold or other infection of the nose and throat
USS = ultrasound scan
UTI = urine infection
VTE = a blood clot in a vein
WBC = white blood cells
WCC = count of white blood cells
XR = X-ray
1/7 = one day
2/7 = two days
3/7 = three days
5/7 = five days
7/7 = seven days
1/52 = one week
2/52 = two weeks
4/52 = four weeks
6/52 = six weeks
1/12 = one month
2/12 = two months
3/12 = three months
6/12 = six months
`)

function readTable(table: string): Readonly<Record<string, string>> {
  const lines = table.trim().split('\n')
  return Object.fromEntries(
    lines.map((line): readonly [string, string] => {
      const [short = '', meaning = ''] = line.split(' = ')
      return [short, meaning]
    }),
  )
}

/** A piece of a text; `meaning` where the piece is a short form with one plain meaning. */
export interface TextPiece {
  readonly text: string
  readonly meaning?: string
}

/** Words that are only short forms when written so: "on" is one after a dose, and nowhere else. */
const afterDose = new Set(['on', 'om', 'od', 'bd'])

/** A short form that stands by itself: "TIA", and not the "TIA" of "TIAs". */
const shortForm = new RegExp(
  `(?<![A-Za-z0-9&/])(?:${Object.keys(meanings).join('|')})(?![A-Za-z0-9&/])`,
)
const shortForms = new RegExp(shortForm, 'g')

/** Cuts a text into pieces so that short forms can be explained in place; nothing is lost or changed. */
export function piecesOf(text: string): readonly TextPiece[] {
  if (!shortForm.test(text)) return text === '' ? [] : [{ text }]
  const pieces: TextPiece[] = []
  let from = 0
  for (const { 0: short, index } of text.matchAll(shortForms)) {
    const plain = text.slice(from, index)
    if (afterDose.has(short) && !/(?:\d|tablets?|capsules?|mg|ml|puffs?) $/i.test(plain)) continue
    const meaning = meanings[short]
    if (meaning === undefined) continue
    if (plain !== '') pieces.push({ text: plain })
    pieces.push({ text: short, meaning })
    from = index + short.length
  }
  return from === text.length ? pieces : [...pieces, { text: text.slice(from) }]
}

/** Short forms in these texts with their meanings, each once, in alphabetical order. */
export function shortFormsIn(
  texts: readonly (string | undefined)[],
): readonly { readonly short: string; readonly meaning: string }[] {
  const found = new Map<string, string>()
  for (const text of new Set(texts)) {
    for (const piece of text === undefined ? [] : piecesOf(text)) {
      if (piece.meaning !== undefined) found.set(piece.text, piece.meaning)
    }
  }
  return [...found]
    .map(([short, meaning]) => ({ short, meaning }))
    .toSorted((a, b) => a.short.localeCompare(b.short, 'en-GB'))
}
