import t from 'tap'
import { passwordFault } from '../../server/domain/password.ts'

t.test('a sound password passes, in any script', async (t) => {
  for (const password of [
    'Morgentau 77',
    'correct horse battery',
    '春眠不觉晓处处闻啼鸟',
    'k7mp-w3xh-9t',
  ]) {
    t.equal(passwordFault(password, 'wangfang'), undefined, password)
  }
})

t.test(
  'ten characters are enough, nine are not, and a character is what a person sees',
  async (t) => {
    t.equal(passwordFault('xk3-mp7-qz', 'wangfang'), undefined)
    t.match(passwordFault('xk3-mp7-q', 'wangfang'), '密码至少 10 个字符，您填了 9 个。')
    t.match(passwordFault('𠮷野家𠮷野家𠮷野家', 'wangfang'), '您填了 9 个')
    t.match(passwordFault('xk3-mp7-q'.repeat(20), 'wangfang'), '密码最多 128 个字符')
  },
)

t.test('the sign-in name is no password, in no case, nor inside one', async (t) => {
  t.match(passwordFault('WangFang2026', 'wangfang'), '密码里不能含有登录名')
  t.equal(passwordFault('xk3-li-mp7-q', 'li'), undefined, 'a short name may stand inside by chance')
})

t.test('what everybody types first is refused', async (t) => {
  for (const password of [
    'password123',
    'P@ssw0rd2026',
    'Qwertyuiop',
    'admin12345!',
    'abc1234567',
    '1234567890',
    '9876543210',
    '0123456789',
    'abcdefghijk',
    'aaaaaaaaaa',
    '1212121212',
    'woaini1314!',
  ]) {
    t.type(passwordFault(password, 'wangfang'), 'string', password)
  }
})
