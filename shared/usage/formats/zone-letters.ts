/** Minutes ahead of UTC that the letters behind a stamp can mean; with several, the source's zone decides. */
const OFFSETS: Readonly<Record<string, readonly number[]>> = {
  Z: [0],
  UTC: [0],
  GMT: [0],
  WET: [0],
  WEST: [60],
  BST: [60, 360],
  CET: [60],
  CEST: [120],
  EET: [120],
  EEST: [180],
  MSK: [180],
  SAST: [120],
  IST: [330, 60, 120],
  JST: [540],
  KST: [540],
  CST: [-360, 480, -300],
  CDT: [-300, -240],
  EST: [-300],
  EDT: [-240],
  MST: [-420],
  MDT: [-360],
  PST: [-480, 480],
  PDT: [-420],
  AKST: [-540],
  AKDT: [-480],
  HST: [-600],
  AEST: [600],
  AEDT: [660],
  NZST: [720],
  NZDT: [780],
};

export function offsetsOfLetters(letters: string): readonly number[] {
  return OFFSETS[letters.toUpperCase()] ?? [];
}
