import type { IncomingEntry } from '../entry.ts'
import type { Rule } from '../screening.ts'
import { wordsOf } from './words.ts'

interface Subject {
  readonly id: string
  readonly why: string
  /** Parts of a pattern, each beginning at the start of a word. */
  readonly words: readonly string[]
  readonly fire: readonly string[]
  readonly quiet: readonly string[]
}

const subjects: readonly Subject[] = [
  {
    id: 'safeguarding',
    why: 'It touches on safeguarding, abuse, or an agency that deals with it.',
    words: ['safeguard', 'child protection', 'child in need', 'looked[- ]after', 'at risk register',
      'marac\\b', 'domestic (?:abuse|violence)', 'coerc', 'controlling behaviour', 'abus', 'neglect',
      'non[- ]accidental', 'assault', 'rape', 'raped', 'fgm\\b', 'female genital', 'forced marriage',
      'honour[- ]based', 'traffick', 'modern slavery', 'social (?:services|worker|care)', 'nspcc\\b',
      'police', 'court\\b', 'prison', 'custody', 'probation', 'perpetrator', 'weapon', 'violen'],
    fire: ['Subject of MARAC', 'Victim of domestic abuse', 'Common assault on person'],
    quiet: ['Essential hypertension', 'Courtesy telephone call'],
  },
  {
    id: 'sexual-health',
    why: 'It touches on sexual health or an infection passed on by sex.',
    words: ['hiv\\b', 'human immunodeficiency', 'acquired immun', 'antiretrovir', 'chlamydia',
      'gonorrh', 'syphilis', 'treponem', 'trichomon', 'genital', 'sti\\b', 'std\\b', 'sexual',
      'gum clinic', 'genitourinary', 'hepatitis [bcd]\\b', 'hep [bcd]\\b', 'erectile', 'vagin', 'penile'],
    fire: ['HIV screening test', 'Chlamydia antigen test', 'Hepatitis B vaccination'],
    quiet: ['Hepatitis A vaccination', 'Stiff neck'],
  },
  {
    id: 'reproduction',
    why: 'It touches on pregnancy, contraception, fertility or adoption.',
    words: ['pregnan', 'gravid', 'terminat', 'abort', 'miscarr', 'fertil', 'infertil', 'ivf\\b',
      'in vitro', 'sperm', 'egg donor', 'surroga', 'contracep', 'antenatal', 'postnatal', 'paternity',
      'adopt', 'intrauterine', 'human chorionic', 'hcg\\b'],
    fire: ['Termination of pregnancy', 'Pertussis vaccination in pregnancy', 'Referral to fertility clinic'],
    quiet: ['Tetanus vaccination', 'Adequate hydration'],
  },
  {
    id: 'gender',
    why: 'It touches on gender identity.',
    words: ['gender', 'transgender', 'transsex', 'trans (?:man|woman|male|female)', 'transition clinic'],
    fire: ['Gender dysphoria', 'Transgender'],
    quiet: ['Transferrin level', 'Transient ischaemic attack'],
  },
  {
    id: 'mental-health',
    why: 'It touches on mental health, self-harm, or use of alcohol or drugs.',
    words: ['suicid', 'self[- ]?harm', 'self[- ]?injur', 'overdose', 'alcohol', 'drug (?:mis|ab)?us',
      'drug depend', 'substance', 'opioid depend', 'heroin', 'cocaine', 'cannabis', 'crack\\b', 'addict',
      'anorexi', 'bulimi', 'eating disorder', 'psychos', 'psychot', 'schizo', 'bipolar', 'mania\\b',
      'personality disorder', 'mental health', 'sectioned', 'dementia', 'alzheimer', 'cognitive impair',
      'delusion', 'hallucinat', 'paranoi'],
    fire: ['Deliberate self-harm', 'Alcohol dependence', 'Paranoid schizophrenia'],
    quiet: ['Asthma annual review', 'Crackles at left base'],
  },
  {
    id: 'serious-news',
    why: 'It may tell of cancer, an inherited illness or the end of life.',
    words: ['cancer', 'carcino', 'malignan', 'tumour', 'tumor\\b', 'neoplas', 'leukaem', 'lymphom',
      'myelom', 'melanom', 'sarcom', 'metasta', 'huntington', 'brca', 'genetic', 'motor neuron',
      'two[- ]week', '2ww\\b', 'suspected', 'palliativ', 'gold standards', 'dnacpr', 'resuscitat',
      'end of life', 'terminal', 'hospice', 'prostate specific', 'psa\\b', 'ca ?125'],
    fire: ['Suspected breast cancer', 'Serum PSA level', 'On gold standards palliative care framework'],
    quiet: ['Psoriasis', 'Serum sodium level'],
  },
  {
    id: 'medicine',
    why: 'It names a medicine that says something private.',
    words: ['abacavir', 'atazanavir', 'bictegravir', 'biktarvy', 'cabotegravir', 'darunavir', 'dolutegravir',
      'efavirenz', 'emtricitabine', 'lamivudine', 'raltegravir', 'rilpivirine', 'ritonavir', 'tenofovir',
      'truvada', 'zidovudine', 'sofosbuvir', 'disulfiram', 'acamprosate', 'naltrexone', 'nalmefene',
      'methadone', 'buprenorphine', 'subutex', 'naloxone', 'lofexidine', 'mifepristone', 'misoprostol',
      'levonorgestrel', 'ulipristal', 'clomifene', 'letrozole', 'gonadotropin', 'follitropin',
      'cyproterone', 'goserelin', 'leuprorelin', 'triptorelin', 'testosterone', 'estradiol', 'estriol',
      'finasteride', 'tamoxifen', 'anastrozole', 'clozapine', 'decanoate', 'paliperidone', 'depot\\b',
      'risperidone', 'olanzapine', 'quetiapine', 'aripiprazole', 'haloperidol', 'lithium', 'valpro',
      'donepezil', 'memantine', 'rivastigmine', 'sildenafil', 'tadalafil', 'diazepam', 'methylphenidate',
      'lisdexamfetamine', 'midazolam', 'morphine', 'fentanyl', 'oxycodone'],
    fire: ['Tenofovir disoproxil 245mg tablets', 'Disulfiram 200mg tablets', 'Clozapine 100mg tablets'],
    quiet: ['Amlodipine 5mg tablets', 'Paracetamol 500mg tablets'],
  },
]

const patternOf = (words: readonly string[]) => `(?:^|[^a-z])(?:${words.join('|')})[a-z]*`
const anything = new RegExp(patternOf(subjects.flatMap((subject) => subject.words)), 'i')
const touched = new WeakMap<IncomingEntry, boolean>()

/** Whether an entry touches on any of the subjects below: it holds what is near it as well. */
export function isSensitive(entry: IncomingEntry): boolean {
  let is = touched.get(entry)
  if (is === undefined) {
    is = anything.test(wordsOf(entry))
    touched.set(entry, is)
  }
  return is
}

/** One rule for each sensitive subject. They only ever hold. Source: DISCLOSURE 2.2, 3.3. */
export const sensitiveRules: readonly Rule[] = subjects.map((subject) => {
  const pattern = new RegExp(patternOf(subject.words), 'gi')
  const asExample = (title: string) => ({ entry: { kind: 'problem' as const, title } })
  return {
    id: `sensitive.${subject.id}`,
    why: subject.why,
    fires: (entry) => isSensitive(entry) && wordsOf(entry).search(pattern) >= 0,
    marks: (entry) => [
      ...new Set(Array.from(wordsOf(entry).matchAll(pattern), (found) => found[0].replace(/^[^a-z]/i, ''))),
    ],
    examples: { fire: subject.fire.map(asExample), quiet: subject.quiet.map(asExample) },
  }
})
