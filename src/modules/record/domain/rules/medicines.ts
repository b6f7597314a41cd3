import { tokensOf } from './words.ts'

/** Ingredients and makers' names of medicines that say nothing private by themselves. */
const ordinary = new Set(
  `alendronic allopurinol amiloride amlodipine amoxicillin aspirin atenolol atorvastatin
   baclofen beclometasone beclomethasone bendroflumethiazide betahistine betamethasone
   bisacodyl bisoprolol budesonide bumetanide calcium candesartan carbocisteine cefalexin cefaclor
   cetirizine chloramphenicol chlorphenamine ciprofloxacin clarithromycin clobetasone clopidogrel
   clotrimazole codeine colchicine colecalciferol cyanocobalamin dapagliflozin diclofenac digoxin
   diltiazem dipyridamole docusate domperidone doxazosin doxycycline edoxaban apixaban rivaroxaban
   dabigatran empagliflozin enalapril eplerenone eprosartan erythromycin esomeprazole ezetimibe
   felodipine fenofibrate ferrous fexofenadine flucloxacillin fluticasone formoterol furosemide
   fusidic gaviscon glibenclamide gliclazide glimepiride glyceryl hydrocortisone hydroxocobalamin
   hyoscine ibuprofen indapamide insulin ipratropium irbesartan isosorbide ispaghula ivabradine
   ketoconazole labetalol lactulose lansoprazole latanoprost lercanidipine levocetirizine
   levothyroxine linagliptin liraglutide lisinopril loperamide loratadine losartan macrogol mebeverine
   mefenamic metformin methyldopa metoclopramide metoprolol mometasone montelukast
   naproxen nebivolol nicorandil nifedipine nitrofurantoin nystatin omega olmesartan omeprazole
   oxytetracycline lymecycline pantoprazole paracetamol penicillin phenoxymethylpenicillin perindopril
   pioglitazone pravastatin prednisolone prochlorperazine propranolol quinine rabeprazole
   ramipril ranitidine repaglinide rosuvastatin salbutamol salmeterol saxagliptin senna simvastatin
   sitagliptin sodium solifenacin sotalol spironolactone sumatriptan tamsulosin telmisartan
   terbinafine terbutaline timolol tiotropium tolterodine trimethoprim umeclidinium valsartan
   verapamil vildagliptin warfarin xylometazoline zolmitriptan acrivastine ascorbic benzoyl bezafibrate
   carbimazole cinnarizine dorzolamide bimatoprost brinzolamide hypromellose carbomer emollient
   aqueous miconazole mupirocin ticagrelor prasugrel sacubitril semaglutide
   dulaglutide exenatide mirabegron
   accuhaler adcal calcichew cetraben clenil dermol diprobase doublebase epaderm fostair fultium
   symbicort seretide spiriva relvar trelegy trimbow ventolin bricanyl flixotide qvar laxido movicol
   lantus novorapid humalog levemir glucophage e45 hydromol zerobase oilatum dioralyte peptac
   co-codamol co-dydramol co-amoxiclav co-careldopa co-amilofruse co-tenidone`.split(/\s+/),
)

const names = new Set([...ordinary].map((name) => name.replace('co-', 'co')))

/** What may stand beside the name: salts, strengths, forms, devices. */
const beside = new Set(
  `acid sodium potassium hydrochloride hydrobromide maleate besilate mesilate fumarate succinate tartrate
   phosphate sulfate sulphate bromide furoate propionate dipropionate valerate trihydrate monohydrate
   mononitrate dinitrate trinitrate citrate gluconate carbonate bicarbonate chloride alginate calcium
   magnesium arginine erbumine xinafoate dihydrate hemihydrate medoxomil cilexetil axetil picosulfate
   butylbromide peroxide glargine aspart lispro detemir degludec 3 d3 d v k
   tablet tablets tab tabs capsule capsules caplets inhaler inhalers cream ointment gel lotion oral
   solution suspension syrup liquid linctus drops eye ear nasal nose spray patch patches
   transdermal sachet sachets powder granules effervescent soluble dispersible orodispersible chewable
   modified release prolonged gastro resistant enteric coated film e c m r sr mr xl la retard cr er ec
   sugar free cfc dry breath actuated accuhaler evohaler turbohaler easyhaler respimat handihaler
   modulite nexthaler ellipta dose doses per hour hours ml g mg mcg microgram micrograms litre
   gram grams unit units mmol % w v scalp foam shampoo soap wash emulsifying paste mouthwash rinse
   lozenges pastilles suppositories enema injection pre filled pen pens pre-filled cartridge vial
   ampoule ampoules plus compound strong junior adult original advance forte
   and with in for of the to half plain blackcurrant orange lemon lime`.split(/\s+/),
)

/**
 * Whether a medicine's name is an ordinary one, with nothing beside it but its salt, strength, form
 * and device. A name with any other word in it is not.
 */
export function isOrdinaryMedicine(title: string): boolean {
  const [first = '', ...rest] = tokensOf(title.replaceAll(/\bco-/gi, 'co'))
  if (!names.has(first) || rest.length > 20) return false
  return rest.every((token) => names.has(token) || beside.has(token) || isStrength(token))
}

function isStrength(token: string): boolean {
  return /^\d+(?:\.\d+)?(?:mg|g|mcg|micrograms?|nanograms?|ml|units?|mmol|%|microlitres?|hours?|doses?|iu|million)?$/.test(
    token,
  )
}
