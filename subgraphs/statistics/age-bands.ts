/** Bands of completed years; the population database numbers them from 1 (`linkage_people`). */
export const ageBands = ['0-5', '6-14', '15-17', '18-29', '30-44', '45-59', '60-74', '75+'] as const
