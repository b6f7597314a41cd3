/** What an entry of a record or an appointment may touch on, and a patient may choose about. */
export type Subject =
  | 'cancer'
  | 'pregnancy'
  | 'genetic'
  | 'mental-health'
  | 'sexual-health'
  | 'alcohol-drugs'
  | 'abnormal'

/** Every subject: what could not be read counts as touching on all of them. */
export const allSubjects: readonly Subject[] = [
  'cancer',
  'pregnancy',
  'genetic',
  'mental-health',
  'sexual-health',
  'alcohol-drugs',
  'abnormal',
]

type Spoken = Exclude<Subject, 'abnormal'>

/**
 * Parts of a pattern with semicolons between them, each beginning at the start of a word. They only
 * ever hide, so they are wide.
 */
const words: Readonly<Record<Spoken, string>> = {
  cancer: String.raw`
    cancer; carcino; malignan; tumou?r; neoplas; leukaem; lymphom; myelom; melanom; sarcom;
    gliom; blastom; metasta; oncolog; chemother; radiother; mastectom; two[- ]week; 2[- ]?ww;
    2 ?week wait; urgent suspected; suspected ca\b; usc referral; psa\b; prostate specific;
    ca ?125; ca ?19; cea\b; alpha ?fetoprotein; paraprotein; bence jones; qfit; fit test;
    faecal (?:occult|immunochem); mammogra; breast (?:lump|clinic|screening); biops; histolog;
    cytolog; staging; palliativ; hospice; macmillan; lump;
    (?:abdominal|breast|pelvic|lung|neck|ovarian|renal) mass; nodule; lesion; tamoxifen;
    anastrozole; letrozole; bicalutamide; goserelin; colposcop; cin ?[123]\b; dyskaryo;
    colonoscop; cystoscop`,
  pregnancy: String.raw`
    pregnan; gravid; gestation; antenatal; postnatal; midwi; obstetric; maternity;
    booking bloods; expected date of delivery; edd\b; miscarr; abort; terminat; ectopic; stillb;
    fertil; infertil; ivf\b; in vitro fert; iui\b; sperm; semen; egg donor; surroga; hcg\b;
    chorionic; contracep; coil\b; iud\b; ius\b; mirena; implanon; nexplanon; depo[- ]?provera;
    morning after; levonorgestrel; ulipristal; desogestrel; ethinylestradiol; microgynon;
    rigevidon; cerazette; mifepristone; misoprostol; clomifene; last menstrual; early pregnancy;
    epau?\b; nuchal; foetal; fetal; breastfeed; labour ward; caesarean; c[- ]section`,
  genetic: String.raw`
    genetic; genom; gene\b; brca; lynch syndrome; hnpcc; huntington; hereditary; inherited;
    mutation; carrier; karyotyp; chromosom; trisom; cystic fibrosis; haemochromatosis; hfe\b;
    factor v leiden; thrombophilia; sickle; thalassaem; haemoglobinopath; familial; polyposis;
    fragile x; muscular dystroph; tay[- ]sachs`,
  'mental-health': String.raw`
    mental; psych; depress; anxi; panic; phq; gad[- ]?[27]; suicid; self[- ]?harm;
    self[- ]?injur; overdose; low mood; bipolar; mania\b; manic; schizo; hallucinat; delusion;
    paranoi; personality disorder; eating disorder; anorexi; bulimi; ptsd; post[- ]?trauma;
    obsessive; ocd\b; adhd; attention deficit; autis; asperger; counsell; talking therap; iapt;
    cbt\b; cognitive; cmht; camhs; crisis team; section(?:ed)? (?:2|3|136); stress; burnout;
    insomnia; dementia; alzheimer; memory clinic; sertraline; citalopram; escitalopram;
    fluoxetine; paroxetine; venlafaxine; duloxetine; mirtazapine; amitriptyline; trazodone;
    vortioxetine; lithium; quetiapine; olanzapine; risperidone; aripiprazole; haloperidol;
    clozapine; diazepam; lorazepam; zopiclone; zolpidem; buspirone; pregabalin; methylphenidate;
    lisdexamfetamine; atomoxetine; donepezil; memantine; rivastigmine; galantamine; valpro;
    lamotrigine`,
  'sexual-health': String.raw`
    sexual; sex\b; hiv\b; aids\b; human immunodeficiency; antiretrovir; prep\b; pep\b;
    chlamydia; gonorrh; syphilis; treponem; trichomon; mycoplasma genitalium; genital;
    herpes simplex; wart; hpv; papilloma; sti\b; std\b; sti screen; gum\b; genitourin;
    hepatitis [bc]\b; hep ?[bc]\b; erectile; impoten; libido; ejaculat; vagin; vulv; penile;
    penis; urethr; thrush; candid; pid\b; pelvic inflam; contact trac; partner notif; dyspareun;
    sildenafil; tadalafil; vardenafil; tenofovir; emtricitabine; abacavir; dolutegravir;
    bictegravir; smear; cervical; gender; transgender; testosterone; assault; rape`,
  'alcohol-drugs': String.raw`
    alcohol; audit[- ]?c; drink; units (?:a|per) week; drug (?:mis|ab)?us; drug depend;
    substance; opioid; opiate; heroin; cocaine; cannabis; ketamine; amphetamine; ecstasy; mdma;
    crack\b; solvent; addict; detox; rehab; needle exchange; methadone; buprenorphine; subutex;
    naloxone; naltrexone; acamprosate; disulfiram; nalmefene; thiamine; ggt\b; gamma ?g;
    intoxicat; withdrawal; smok; vap(?:e|ing); gambl`,
}

/** What finds each subject in words. The database has the same for the names of appointments. */
export const subjectPatterns = Object.entries(words).map(
  ([subject, parts]) =>
    [
      subject as Spoken,
      new RegExp(`(?:^|[^a-z])(?:${parts.trim().split(/;\s*/).join('|')})`, 'i'),
    ] as const,
)

/**
 * What a text may touch on. Wide on purpose: it only ever keeps something back from those whom the
 * patient chose, never shows anything, and a person can say that there is nothing to tell.
 */
export function subjectsOfWords(text: string): readonly Subject[] {
  return subjectPatterns.filter(([, pattern]) => pattern.test(text)).map(([subject]) => subject)
}
