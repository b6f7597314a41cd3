/** Where a family's names come from. */
export type Origin =
  | 'british'
  | 'irish'
  | 'indian'
  | 'pakistani'
  | 'bangladeshi'
  | 'african'
  | 'caribbean'
  | 'polish'
  | 'romanian'
  | 'chinese'
  | 'arab'

/** Given names by sex; for people of British and Caribbean families they go with the year of birth. */
export interface NameList {
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Given names in England by era: the first list is for births before its year. */
export const eras: readonly {
  readonly before: number
  readonly female: readonly string[]
  readonly male: readonly string[]
}[] = [
  {
    before: 1946,
    female:
      words(`Margaret Joan Jean Doreen Audrey Sheila Barbara Betty Joyce Dorothy Brenda Maureen
      Eileen Beryl Kathleen Pamela Shirley Hilda Irene Muriel Vera Winifred Edna Marjorie Olive`),
    male: words(`John William Ronald Kenneth George Derek Peter Dennis Frank Raymond Arthur Leonard
      Stanley Roy Gordon Albert Ernest Harold Norman Douglas Reginald Walter Cyril Donald Eric`),
  },
  {
    before: 1964,
    female:
      words(`Susan Linda Christine Carol Jacqueline Janet Patricia Ann Jane Sandra Gillian Lesley
      Valerie Marilyn Hilary Elaine Pauline Diane Judith Rosemary Wendy Jennifer Hazel Yvonne`),
    male: words(`David Michael Stephen Alan Robert Brian Keith Graham Anthony Roger Philip Geoffrey
      Trevor Malcolm Barry Clive Colin Christopher Terence Nigel Richard Martin Ian Neil`),
  },
  {
    before: 1985,
    female: words(`Sarah Nicola Karen Joanne Lisa Emma Claire Michelle Helen Rachel Rebecca Louise
      Samantha Victoria Kelly Alison Julie Tracy Deborah Angela Catherine Zoe Katie Lorraine`),
    male: words(`Paul Mark Andrew Darren Jason Lee Simon Matthew Jonathan Stuart Gary Craig Dean Kevin
      Adam Daniel James Timothy Gareth Wayne Carl Russell Benjamin Nicholas`),
  },
  {
    before: 2003,
    female:
      words(`Chloe Lauren Jessica Sophie Hannah Charlotte Amy Bethany Georgia Megan Olivia Lucy
      Abigail Ellie Holly Jasmine Molly Paige Caitlin Leah Danielle Jade Natasha Eleanor`),
    male: words(`Thomas Jack Joshua Ryan Luke Connor Callum Liam Jordan Samuel Nathan Kieran Alexander
      Lewis Joseph Jake Bradley Harry Aaron Oliver Dominic Elliot Rhys Toby`),
  },
  {
    before: 9999,
    female:
      words(`Amelia Isla Ava Poppy Freya Evie Florence Ivy Willow Rosie Sienna Matilda Elsie Maisie
      Daisy Phoebe Harriet Ada Beatrice Edith Penelope Thea Orla Imogen`),
    male: words(`Noah Alfie Archie Theo Freddie Leo Oscar Arlo Teddy Finley Reuben Jude Rory Albie
      Ezra Hugo Sebastian Louie Ralph Otis Felix Tobias Rowan Caleb`),
  },
]

const english =
  words(`Smith Jones Taylor Brown Walker Wright Thompson Robinson Wood Hall Green Clarke
  Jackson Turner Hill Cooper Ward Morris Moore Baker Harrison Parker Bennett Cook Shaw Bailey Carter
  Richardson Marshall Cox Webb Palmer Holmes Mills Rogers Knight Barker Fisher Butler Barnes Dixon
  Harvey Pearson Fletcher Howard Andrews Reynolds Ford Saunders Lawrence West Burton Hughes Evans
  Roberts Lewis Griffiths Edwards Davies Owen Stewart Reid Murray Graham Whitfield Ashworth Hargreaves
  Sutcliffe Crossley Penrose Tregenza Bickerton Holt Garside Wainwright Cartwright Thorpe Beaumont`)

/** Names of families by origin. Given names of British and Caribbean people are those of `eras`. */
export const nameLists: Readonly<Record<Origin, NameList>> = {
  british: { female: [], male: [], family: english },
  irish: {
    female: words('Siobhan Aoife Niamh Bridget Orla Maeve Grainne Sinead Deirdre Ciara Noreen Una'),
    male: words(
      'Sean Patrick Declan Brendan Ciaran Eamon Conor Padraig Finbar Dermot Cormac Niall',
    ),
    family: words(
      'Murphy Kelly Byrne Ryan Doyle Gallagher Kennedy Lynch Quinn Nolan Brennan Healy',
    ),
  },
  indian: {
    female:
      words(`Priya Anita Sunita Meera Kavita Neha Pooja Lakshmi Harpreet Manjit Jaspreet Simran
      Deepa Asha Hema Nisha Rekha Geeta`),
    male: words(`Rajesh Sanjay Vikram Amit Anil Suresh Harjit Gurpreet Manpreet Arjun Rohan Nikhil Dev
      Ashok Kiran Ravi Mohan Balbir`),
    family: words(
      'Patel Shah Singh Kaur Sharma Gill Desai Mehta Sandhu Dhillon Reddy Nair Chauhan Joshi',
    ),
  },
  pakistani: {
    female: words(
      'Ayesha Fatima Zainab Saima Rukhsana Nadia Shazia Hafsa Maryam Iqra Samina Bushra',
    ),
    male: words('Imran Tariq Asif Usman Bilal Hamza Zahid Nadeem Shahid Kamran Faisal Adeel'),
    family: words(
      'Khan Hussain Ahmed Malik Iqbal Mahmood Akhtar Mirza Chaudhry Qureshi Bashir Rafiq',
    ),
  },
  bangladeshi: {
    female: words('Nasima Shirin Taslima Rahima Farzana Sultana Jahanara Rumana Laila Shamima'),
    male: words('Abdul Mohammed Rafiqul Shafiq Kamal Jamal Habib Monir Tanvir Shahin'),
    family: words('Begum Uddin Miah Islam Rahman Chowdhury Hoque Haque Sarkar Alam'),
  },
  african: {
    female: words(
      'Ngozi Chioma Funmilayo Adaeze Abena Akosua Efua Wanjiru Amina Folake Ifeoma Yetunde',
    ),
    male: words('Emeka Chinedu Oluwaseun Kwame Kofi Babatunde Tunde Obinna Kwabena Femi Yaw Segun'),
    family: words('Okafor Adeyemi Mensah Osei Boateng Eze Balogun Owusu Nwosu Kamau Abiola Asante'),
  },
  caribbean: {
    female: [],
    male: [],
    family: words(
      'Campbell Francis Gordon Grant Bailey Henry Joseph Charles Alleyne Braithwaite Beckford',
    ),
  },
  polish: {
    female: words(
      'Agnieszka Katarzyna Magdalena Joanna Monika Ewa Malgorzata Zofia Aleksandra Beata',
    ),
    male: words('Tomasz Piotr Krzysztof Marcin Pawel Andrzej Jakub Grzegorz Wojciech Mateusz'),
    family: words('Nowak Kowalczyk Wojcik Mazur Krawczyk Zajac Dudek Wrobel Pawlak Sikora'),
  },
  romanian: {
    female: words('Elena Ioana Andreea Mihaela Cristina Raluca Gabriela Simona Alina Oana'),
    male: words('Andrei Ionut Mihai Bogdan Florin Adrian Vasile Razvan Cosmin Marius'),
    family: words('Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Munteanu Moldovan'),
  },
  chinese: {
    female: words('Mei Ying Xiu Hui Lan Jing Yan Li Fang Wai'),
    male: words('Wei Jun Ming Hao Chi Kin Ho Jian Lei Tao'),
    family: words('Chan Wong Lee Cheung Lau Chen Zhang Liu Ho Tang'),
  },
  arab: {
    female: words('Leila Huda Rania Samira Yasmin Noor Salma Dina Hanan Mona'),
    male: words('Omar Khalid Youssef Hassan Karim Tarek Ali Mustafa Samir Nabil'),
    family: words('Haddad Nasser Mansour Saleh Hamdan Khoury Aziz Farouk Sabbagh Taleb'),
  },
}

/** How common each origin is among families, in a hundred. Source: rounded from Census 2021, England. */
export const originShares: readonly (readonly [number, Origin])[] = [
  [76, 'british'],
  [3, 'irish'],
  [4, 'indian'],
  [3.5, 'pakistani'],
  [1.5, 'bangladeshi'],
  [3, 'african'],
  [1.5, 'caribbean'],
  [2.5, 'polish'],
  [1.5, 'romanian'],
  [1.5, 'chinese'],
  [2, 'arab'],
]
