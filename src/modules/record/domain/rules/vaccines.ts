import { tokensOf } from './words.ts'

const vaccine = new Set(
  `influenza flu pneumococcal covid coronavirus sars-cov-2 cov sars shingles zoster tetanus diphtheria polio
   poliomyelitis pertussis mmr measles mumps rubella meningococcal meningitis acwy rotavirus hib haemophilus
   typhoid cholera yellow rabies hpv papillomavirus papilloma rsv syncytial bcg bacillus dtap dtp tdap td ipv hepb hexavalent
   pneumovax prevenar fluad fluenz comirnaty spikevax vaxzevria nuvaxovid shingrix zostavax revaxis boostrix
   infanrix repevax gardasil menitorix bexsero menveo nimenrix vaxelis priorix mmrvaxpro hepatitis varicella
   astrazeneca pfizer moderna`.split(/\s+/),
)
const beside = new Set(
  `vaccine vaccines vaccination vaccinations immunisation immunisations immunization given administration
   administered of with and by the to for seasonal inactivated live attenuated conjugated conjugate polysaccharide
   adjuvanted quadrivalent trivalent bivalent recombinant mrna ncov 2019 disease against fever virus viral
   respiratory human severe acute syndrome 2 booster first second third fourth 1st 2nd 3rd 4th one dose doses
   single course primary preschool pre school adult child childhood intramuscular intranasal injection nasal
   suspension solution pre-filled filled syringe syringes prefilled vials vial low tetravalent 23 13 15 20 valent
   5 6 in 1 4 ml 0.5ml multidose concentrate dispersion a b c w y group type men men-acwy menb menc product
   procedure administering calmette guerin guérin bacillus only simultaneous anti micrograms 30 dose`.split(
    /\s+/,
  ),
)

/** Whether a vaccine's or vaccination's name is on the list, with nothing beside it but how it is given. */
export function isPlainVaccine(title: string): boolean {
  const tokens = tokensOf(title)
  return (
    tokens.length <= 25 &&
    tokens.some((token) => vaccine.has(token)) &&
    tokens.every(
      (token) =>
        vaccine.has(token) ||
        beside.has(token) ||
        /^\d+(?:\.\d+)?(?:ml|micrograms?)?(?:dose)?$/.test(token),
    )
  )
}

/** Whether a batch number is only that, and a site a place on the body. */
export function isPlainGiving(batch: string | undefined, site: string | undefined): boolean {
  return (
    (batch === undefined || /^(?=.*\d)[A-Za-z0-9 /-]{2,20}$/.test(batch)) &&
    (site === undefined ||
      /^(?:(?:left|right|upper|both|lateral|structure|of|body) )*(?:arm|upper arm|deltoid|thigh|buttock|nostrils?|deltoid muscle)s?(?: (?:structure|region))*$/i.test(
        site.trim(),
      ))
  )
}
