/** What common tests look at, by words of their names; the first that fits counts. */
const tests: readonly (readonly [pattern: RegExp, about: string])[] = [
  [/hba1c|glycated|haemoglobin a1c/i, 'It shows your average blood sugar over about three months.'],
  [/glucose/i, 'It measures the sugar in your blood or urine.'],
  [/egfr|glomerular/i, 'It estimates how well your kidneys filter your blood.'],
  [/creatinine/i, 'It is a waste product in the blood. It shows how well your kidneys work.'],
  [
    /albumin.*creatinine|\bacr\b|microalbumin/i,
    'It looks for protein in urine, an early sign of kidney strain.',
  ],
  [/\burea\b/i, 'It is a waste product in the blood that the kidneys take out.'],
  [/sodium/i, 'It is a salt in the blood that keeps fluids in balance.'],
  [/potassium/i, 'It is a salt in the blood that muscles and the heart need.'],
  [/calcium/i, 'It is a mineral in the blood for bones, muscles and nerves.'],
  [
    /haematocrit|red (?:blood )?cell|erythrocyte count|\brbc\b/i,
    'It looks at the red blood cells, which carry oxygen.',
  ],
  [/ferritin|\biron\b|transferrin/i, 'It shows how much iron your body has in store.'],
  [
    /mean cell|mean corpuscular|\bmcv\b|\bmch\b/i,
    'It describes the size or content of the red blood cells.',
  ],
  [
    /haemoglobin/i,
    'It is the part of the blood that carries oxygen. A low value is called anaemia.',
  ],
  [/platelet/i, 'Platelets help blood to clot.'],
  [
    /white (?:blood )?cell|leucocyte|neutrophil|lymphocyte|eosinophil|monocyte|basophil|\bwbc\b/i,
    'White blood cells fight infection.',
  ],
  [
    /\besr\b|sedimentation|\bcrp\b|c[- ]reactive/i,
    'It goes up when there is inflammation or infection somewhere in the body.',
  ],
  [
    /cholesterol|hdl|ldl|triglyceride|lipid/i,
    'It measures fats in the blood, which matter for the heart and blood vessels.',
  ],
  [
    /alanine|\balt\b|aspartate|\bast\b|alkaline phosphatase|\balp\b|bilirubin|gamma/i,
    'It is one of the tests that show how the liver works.',
  ],
  [/albumin/i, 'It is a protein made by the liver.'],
  [
    /tsh|thyroid|thyroxine|\bt4\b/i,
    'It shows how active your thyroid gland is, which sets the pace of your body.',
  ],
  [/b12|folate/i, 'It is a vitamin that the body needs to make blood.'],
  [/vitamin d|25-hydroxy/i, 'It is a vitamin for bones and muscles.'],
  [/inr|international normali[sz]ed/i, 'It shows how long your blood takes to clot.'],
  [/urate|uric/i, 'It is a waste product that can cause gout when there is too much of it.'],
  [/culture|msu|microscopy/i, 'It looks for germs in a sample.'],
]

/** What a test looks at, in one plain sentence, or `undefined` for a test that is not a common one. */
export function aboutTest(title: string): string | undefined {
  return tests.find(([pattern]) => pattern.test(title))?.[1]
}
