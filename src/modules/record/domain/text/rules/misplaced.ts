import type { TextRule } from '../rule.ts'

/** What says that a text was put in the wrong record. Source: DISCLOSURE 2.2, 4.4. */
export const misplacedRules: readonly TextRule[] = [
  {
    id: 'wrong.misplaced',
    category: 'wrong_patient',
    why: 'It says that something was put in the wrong record.',
    when: `
      wrong patient/pt/pts/px/person/record/records/notes/chart/screen/man/woman/lady/gentleman/child/twin/sister/brother/namesake
      wrong mr/mrs/miss/ms./FIRSTNAME
      FILING ~3 wrong name/patient/pt/notes/record/screen/file/one/chart/person/FIRSTNAME
      FILING ~2 in-error/under/against ~1 mum/dad/mother/father/brother/sister/twin/wife/husband/daughter/son/spouse
      filed/scanned/saved/indexed/typed/dictated/pasted/uploaded ~4 error/mistake/accident/wrongly
      entered ~2 error/mistake ~3 record/notes/patient/pt/delete/another/other/ignore/remove
      ^ entered in error $
      next/other/another/two/2/both record/records/notes/patient/pt/pts ~1 open
      saved/filed/scanned/stored/put/recorded ~1 here ~1 by/in ~1 accident/mistake/error
      RECORDWORD ~4 not his/hers/ours/theirs/him $
      ^ not him/hers/ours
      ^ not his $
      ^ that's not me
      not her/his/pt's/our ~1 leg/arm/face/photo/scan/ecg/scar/handwriting/signature/voice
      RECORDWORD ~3 another/different/other man/woman/patient/patient's/pt/pt's/lady/gentleman/child/person/person's/namesake
      somebody/someone else's RECORDWORD
      someone/somebody ~1 else's record/notes
      REFILE
      please/needs/to ~1 move/moving/be-moved $
      RECORDWORD ~3 contents/inside ~2 for
      addressee ~4 mr/mrs/miss/ms./master/FIRSTNAME
      registered twice
      notes/records/record ~1 merged
      merged ~2 another/other/wrong/namesake/two/2
      similar/same name/names/surname/surnames ~6 patient/pt/letter/record/mixed/crossed/wrong/other/lab/for
      two/2/three ~1 patients/pts/people ~2 same/similar name/surname/dob
      same dob ~2 surname/name
      query/? right/correct patient/pt/person/lady/man
      check/query identity
      check ~1 right/correct patient/pt/person
      REL 's ~4 RECORDWORD ~3 in/on/to/under/into ~1 his/hers/her/this/file/record/notes
      REL 's ~4 RECORDWORD ~1 here
      REL 's ~4 RECORDWORD ~2 put/saved/scanned/filed/recorded ~1 on/in/under/here
      twin NUMBER 's ~6 twin NUMBER
      twin NUMBER ~6 on twin NUMBER
      sample/specimen/tube/bottle ~2 unlabelled/mislabelled/unlabeled/mislabeled
      mislabel*
      nhs ~2 number/no ~2 transposed/differs/different/wrong/mismatch
      never ~1 been to/lived ~9 record/letter/life
      says ~1 that's not me
      denies ~1 ever ~1 having/had
      has both legs/breasts/kidneys/eyes/arms/feet/hands/ovaries/testes
      whose ~1 is ~2 this/result/letter
      address ~2 letter/form/label/report ~9 ours/always/never/wrong
    `,
    unless: `blood/skin/tissue match*\nappt/appointment/appointments/slot/dose/booking/drug/script/rx/prescription/referral ~3 error/mistake\nconsent/mri/ct ~3 another/different/other position/view\nput other/another record/personal\nphotos/photo ~3 another/other angle/view\ncorrect/right pt/patient ~1 today/here\npersonal record\nappt/appointment/slot/clashes/bowels ~9 move/moving\ndenies ~2 ever ~1 having/had ~3 alcohol/drugs/fit/fits/seizure/sex/pain/thoughts/symptoms/problem/problems`,
    fires: [
      '30M| Wrong pt sorry.',
      '45F| Had 2 records open.',
      '72M| Daughter’s letter, same initial, please refile.',
      '55F| Filed against mum, redo.',
    ],
    quiet: [
      '40M| Belongs to running club, knee sore.',
      '29M| Not his fault, hit from behind.',
      '63F| Other knee sore.',
      '60F| Dose entered in error on repeat, put right.',
    ],
  },
]
