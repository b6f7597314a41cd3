import type { Review } from './condition.ts'
import type { Phrases } from './shorthand.ts'

/** What is said at the yearly look at each kind of condition. */
export const reviewWords: Readonly<
  Record<Review, { readonly history: Phrases; readonly plan: Phrases }>
> = {
  hypertension: {
    history: [
      'HTN rv | BP check',
      'Home readings avg {n} under target | Home BPs good | Forgot machine',
      'No SE | Ankles ok | Compliant',
    ],
    plan: ['BP to target, cont | Cont same | Recheck 6/12', 'Salt + exercise | QRISK discussed | '],
  },
  diabetes: {
    history: [
      'DM annual rv | T2DM rv',
      'Diet fair | Walking more | No hypos',
      'Retinal screen done | Eyes booked | ',
      'Feet: pulses + 10g normal | Foot risk low',
    ],
    plan: [
      'Targets agreed | Cont metformin | HbA1c 6/12',
      'Sick day rules | Structured ed offered | ',
    ],
  },
  asthma: {
    history: [
      'Asthma rv | Annual asthma check',
      'No exacerbations | 1 course pred this yr',
      'ACT 2{n} | Reliever < 3/wk | Sleeping through',
    ],
    plan: ['Technique good | Technique corrected', 'PAAP given | Plan updated', 'Cont | Rv 12/12'],
  },
  copd: {
    history: [
      'COPD rv',
      'MRC {n} | Walks {n}00m',
      '1 exac this yr | No admissions',
      'Ex smoker | Cutting down',
    ],
    plan: ['Rescue pack discussed | Cont inhalers', 'PR offered | Flu + pneumo utd | '],
  },
  thyroid: {
    history: ['Thyroid rv', 'Energy good | Some tiredness', 'Takes before breakfast | '],
    plan: ['TFT in range, cont | Cont same dose', 'Repeat 12/12 | '],
  },
  mood: {
    history: [
      'Mood rv | Meds rv',
      'Steady | Better than last yr | Ups and downs',
      'Sleep ok | Working',
      'Pt feels tablets help | Keen to stay on',
    ],
    plan: ['Cont, rv 6/12 | Discussed slow wean in spring | Cont same', 'Has crisis numbers | '],
  },
  kidney: {
    history: ['CKD rv', 'Well | No oedema', 'NSAIDs avoided | '],
    plan: ['Stable | BP target 130/80', 'U+E 6/12 | ACR yearly', 'Sick day rules | '],
  },
  heart: {
    history: [
      'Cardiac rv | CVD annual rv',
      'No angina | No palps | Ex tol unchanged',
      'No ankle swelling | Sleeps flat',
    ],
    plan: ['Cont all | Bloods ok, cont', 'GTN spare | Bleeding risk discussed | '],
  },
  joints: {
    history: [
      'OA rv',
      'Managing | Stairs slow | Good days + bad',
      'Paracetamol mainly | Gel helps',
    ],
    plan: ['Exercise, wt | Physio self ref', 'XR not needed | '],
  },
  epilepsy: {
    history: [
      'Epilepsy rv',
      'Seizure free 2y | Seizure free 5y',
      'Tolerates meds | No missed doses',
      'Driving, DVLA aware | ',
    ],
    plan: ['Cont | Cont, rv 12/12', 'Safety advice | '],
  },
  medication: {
    history: ['Medication rv | SMR', 'Takes all as listed | Dosette helps', 'No SE | Occ nausea'],
    plan: ['No changes | Synchronised | Stopped unused items', 'Rv 12/12 | Bloods utd'],
  },
}
