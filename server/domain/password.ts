/** Which passwords are good enough. */

const MINIMUM = 10
/** Beyond this a password only costs time to verify. */
const MAXIMUM = 128

/** What people type first; compared without case, and without the digits and signs at the end. */
const OBVIOUS: readonly string[] = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'administrator',
  'admin',
  'welcome',
  'letmein',
  'abcdefghij',
  'abc',
  'hengjian',
  'woaini',
]

/**
 * Why a password may not be used.
 *
 * @param login the sign-in name it is for
 * @returns a sentence, or undefined if the password is sound
 */
export function passwordFault(password: string, login: string): string | undefined {
  const length = [...password].length
  if (length < MINIMUM) return `密码至少 ${MINIMUM} 个字符，您填了 ${length} 个。`
  if (length > MAXIMUM) return `密码最多 ${MAXIMUM} 个字符，您填了 ${length} 个。`
  const lower = password.toLowerCase()
  if (holdsLogin(lower, login.toLowerCase())) return '密码里不能含有登录名，请换一个。'
  if (new Set(lower).size < 4) return '密码里不同的字符太少，容易被猜到，请换一个。'
  if (isRun(lower)) return '密码是连续的数字或字母，容易被猜到，请换一个。'
  if (OBVIOUS.includes(lower.replace(/[\d\W_]+$/, '')) || OBVIOUS.includes(lower)) {
    return '这个密码太常见，容易被猜到，请换一个。'
  }
  return undefined
}

/** A short name such as `li` may stand inside a password by chance. */
function holdsLogin(password: string, login: string): boolean {
  return login.length > 3 ? password.includes(login) : password === login
}

/** Each character follows the one before it, up or down: 1234567890, 9876543210, abcdefghijk. */
function isRun(text: string): boolean {
  const codes = [...text.replaceAll('90', '9:').replaceAll('09', ':9')].map((c) => c.charCodeAt(0))
  const step = (codes[1] ?? 0) - (codes[0] ?? 0)
  if (Math.abs(step) !== 1) return false
  return codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step)
}
