/** Forms of address, and first names that are common in England, in small letters. */
export const names: Readonly<Record<string, string>> = {
  TITLE: `mr, mrs, ms., miss, mx, master, sir, lady`,
  NAME: `mr, mrs, ms., miss, mx`,
}

/** First names, known as such only where they are written with a capital. */
export const firstNames: ReadonlySet<string> = new Set(
  `aaron abbie abdul abigail adam adele adrian agnes ahmed aidan aisha alan albert alex alexander alexandra alfie alfred ali alice alison amanda amber amelia
  amina amir amy andrea andrew angela anita ann anna anne annie anthony antonio archie arthur ash ashley aubrey audrey ava ayesha babs barbara barry beatrice becky ben
  benjamin bernard bernie beryl beth bethany betty bill billy bob bobby brenda brendan brian bridget bruce bryan callum cameron carl carla carol caroline carolyn catherine
  cathy cecil charles charlie charlotte chelsea cheryl chloe chris christian christina christine christopher claire clare clive colin connor craig cyril daisy dale dan daniel
  danielle danny darren dave david dawn dean deborah debbie denise dennis derek diana diane dom dominic donald donna dora doreen doris dorothy doug douglas duncan dylan
  eddie edith edna edward edwin eileen elaine eleanor elizabeth ella ellen ellie elsie emily emma enid eric erica ernest esme ethan ethel eva evan eve evelyn evie fatima
  faye felicity fiona florence frances francis frank fred freda freddie frederick freya gareth gary gavin gemma geoff geoffrey george georgia georgina gerald geraldine
  gill gillian gina gladys glenda glenn gloria gordon grace graham greg gregory gwen hannah harold harriet harry hasan hassan hayley hazel heather helen henry hilary
  hilda holly howard hugh hugo ian ibrahim imran ida irene iris isaac isabel isabella isla ivan ivy jack jackie jacob jacqueline jade jake james jamie jan jane janet janice
  jasmine jason jay jayne jean jeff jeffrey jen jennifer jenny jeremy jess jessica jill jim jimmy joan joanna joanne jodie joe joel john jon jonathan jordan joseph josephine josh
  joshua joy joyce juan jude judith judy julia julian julie june karen karl kate katherine kathleen kathryn kathy katie kay kayleigh keith kelly ken kenneth kerry kevin khadija
  kieran kim kimberley kirsty kyle lara laura lauren lawrence leah leanne lee leo leon leonard les lesley leslie lewis liam lily linda lindsay lisa liz lloyd logan lorna lorraine
  louis louise lucas lucy luke lydia lynn lynne mabel maddie madison malcolm mandy marc marcus margaret maria marian marie marilyn marion marjorie mark martha martin martyn
  mary mason matt matthew maud maureen max maxine megan mel melanie melissa mia michael michelle mick miguel mike mildred millie miriam mo mohamed mohammad mohammed moira molly
  monica morgan moses muhammad muriel nadia nancy naomi natalie natasha nathan neil niall nick nicola nicole nigel noah nora norma norman olive oliver olivia omar oscar owen
  paige pamela pat patricia patrick paul paula pauline peggy penny percy pete peter phil philip phoebe phyllis poppy priya rachael rachel ralph raj rajesh ravi ray raymond rebecca
  reg reginald rhys richard rita rob robert robin rod roger roland ron ronald rory rosalind rosemary rosie ross roy ruby rupert russell ruth ryan sadie sally sam samantha samuel
  sandra sanjay sara sarah scott sean sebastian shannon sharon shaun sheila shirley sid sidney simon sofia sonia sophia sophie spencer stacey stan stanley stella stephanie stephen
  steve steven stewart stuart sue susan suzanne suzie sylvia tara ted terence teresa terry tess thelma theo theresa thomas tiffany tim timothy tina toby tom tommy toni tony tracey
  tracy trevor trisha tyler una ursula val valerie vanessa vera verity veronica vicky victor victoria vincent viv vivian wayne wendy wilfred william winifred yasmin yusuf yvonne zac
  zach zara zoe zainab bilal chidi chinedu emeka femi folake ngozi oluwaseun temi tunde kwame kofi ama abena anjali deepa kavita meena nisha pooja rahul sunita vikram wei mei ling
  jing xin piotr pawel agnieszka katarzyna malgorzata tomasz krzysztof andrei ioana elena mihai maryam zahra hussain hamza tariq nasreen shabana parveen farah samir leila`.split(
    /\s+/,
  ),
)
