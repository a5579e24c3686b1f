/**
 * Edge cases that every population holds, by personal number (fixed-people.yaml): the same for every seed and size.
 */
export const edgeCases = {
  twinOlder: '940216000201',
  twinYounger: '940316000202',
  bornAbroad: '997195000205',
  bornAbroadTwoNationalities: '998220000206',
  onlyBirthYearKnown: '949141000207',
  onlyBirthMonthKnown: '949039000208',
  changedSexMarker: '979094000209',
  deceased: '930050000210',
  missing: '996082000216',
  childUnder7: '901322000104',
  childOf12: '901214000105',
  noFixedResidence: '989068000219',
  absentFromHealth: '968179000220',
  absentFromSocialSecurity: '968077000221',
  absentFromPopulation: '967099000222',
  /** Xã Long Thành until 2026-04-30, Phường Long Thành since. */
  renamedCommuneDongNai: '975091000223',
  /** Xã Bố Hạ until 2026-09-20, Phường Bố Hạ since. */
  renamedCommuneBacNinh: '924193000224',
  /** Number with a code of the 34 provinces: 24 was Bắc Giang, now Bắc Ninh. */
  bornAfterReform: '924325000227',
  representedAdult: '948198000225',
  guardianOfAdult: '948170000226',
  bornOnLeapDay: '979200000228',
  centenarian: '938122000229',
  childWithoutParents: '944217000230',
  guardianOfChild: '944158000231',
} as const satisfies Readonly<Record<string, string>>
