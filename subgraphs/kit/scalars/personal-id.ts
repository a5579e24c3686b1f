import { createScalar } from './create-scalar.ts'

const whole = /^\d{12}$/
const masked = /^•{9}\d{3}$/

/**
 * The personal number (Law on Identification 26/2023/QH15, Art. 12): 12 digits, no check digit. Clients send it whole;
 * an answer may also hold its masked form, nine dots and the last three digits.
 */
export const personalId = createScalar({
  name: 'PersonalId',
  description: [
    'Số định danh cá nhân: 12 chữ số; khi bị che là chín dấu • và ba số cuối',
    'Personal number: 12 digits; when masked, nine • and the last three digits',
  ],
  form: '12 chữ số / 12 digits',
  fromClient: (input) => (typeof input === 'string' && whole.test(input) ? input : undefined),
  fromStore: (stored) =>
    typeof stored === 'string' && (whole.test(stored) || masked.test(stored)) ? stored : undefined,
})
