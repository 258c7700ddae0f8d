// Invented people and places of Trans Nzoia county. Names are put together so that no two clients share one, and
// phone numbers run through all numbers once, so that no two share those either.

const FIRST =
  'Mary Joseph Esther Samuel Rose Janet Moses Agnes Caleb Lydia Daniel Grace Peter Ruth David Mercy John Alice Brian Caroline Dennis Eunice Francis Gladys Hellen Isaac Joan Kevin Lilian Martin Nancy Oscar Pauline Robert Sarah Titus Violet Wycliffe Zipporah Beatrice'.split(
    ' ',
  );
const MIDDLE =
  'Nekesa Simiyu Nafula Otieno Auma Khisa Wekesa Nanjala Mutai Chebet Kiprono Achieng Juma Naliaka Cheptoo Wanyonyi Atieno Kiplagat Nasimiyu Makokha Moraa Njeri Mumo Wambui Kerubo Akinyi Jepkosgei Barongo Lokwang Amina Sifuna Mukhwana Opicho Namalwa Wangila Jebet Kosgei Nyongesa Masinde Adhiambo'.split(
    ' ',
  );
const LAST =
  'Wafula Barasa Were Odhiambo Kiptoo Wanjiru Hassan Onyango Koech Rotich Cherono Kimani Mwangi Kamau Njoroge Ouma Ochieng Okello Mutua Musyoka Kilonzo Omondi Wanjala Khaemba Wepukhulu Sitati Lusweti Murunga Kibet Ruto Cheruiyot Langat Biwott Sang Keter Maina Kariuki Gitonga Muthoni Nyambura Nduta Wairimu Achoki Ombati Nyaboke Onsongo Bosire Ondieki Mogaka Ekai Ekiru Lomuria Losike Abdi Warsame Salim Mbarak Mwakio Mghoi Shume'.split(
    ' ',
  );

const COMBINATIONS = FIRST.length * MIDDLE.length * LAST.length;
const NAME_STEP = 40_009;
const PHONE_STEP = 7_654_321;
const PHONE_START = 22_418_306;
const PHONES = 100_000_000;

export interface PersonName {
  firstname: string;
  middlename: string;
  lastname: string;
}

/** Person 0 is Mary Nekesa Wafula; the step shares no factor with the number of combinations, so none comes twice. */
export function personName(index: number): PersonName {
  const place = (index * NAME_STEP) % COMBINATIONS;
  return {
    firstname: FIRST[place % FIRST.length] ?? '',
    middlename: MIDDLE[Math.floor(place / FIRST.length) % MIDDLE.length] ?? '',
    lastname: LAST[Math.floor(place / (FIRST.length * MIDDLE.length))] ?? '',
  };
}

export function phoneNumber(index: number): string {
  return `07${String((index * PHONE_STEP + PHONE_START) % PHONES).padStart(8, '0')}`;
}

const GROUP_NAMES =
  'Soko Mjinga|Tumaini|Boda Boda Matisi|Umoja|Mwangaza|Bidii|Neema|Upendo|Jitegemee|Amani|Faraja|Ushirika|Imani|Maendeleo|Baraka|Furaha|Pamoja|Juhudi|Heshima|Tujenge|Kazi Kwanza|Mshikamano|Nguvu Moja|Ukweli|Uzima|Wema|Zawadi|Mapambano|Nuru|Riziki'.split(
    '|',
  );

export function groupName(index: number): string {
  const name = GROUP_NAMES[index % GROUP_NAMES.length] ?? 'Umoja';
  const round = Math.floor(index / GROUP_NAMES.length);
  return round === 0 ? name : `${name} ${String(round + 1)}`;
}
