import t from 'tap'
import { readJson } from '../../server/domain/read-json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

t.test('text and bytes are read, with and without a byte order mark', async (t) => {
  t.same(readJson('{"a":1}'), { value: { a: 1 } })
  t.same(readJson('\ufeff[1]'), { value: [1] })
  t.same(readJson(bytes('\ufeff["市财政局"]')), { value: ['市财政局'] })
  t.same(readJson('null'), { value: null })
})

t.test('what is wrong is told in Chinese, with its place', async (t) => {
  const problems = [
    ['', '不是合格的 JSON：内容是空的。'],
    [' \n', '不是合格的 JSON：内容是空的。'],
    ['{"a":1', '第 1 行第 7 列附近的写法不对。'],
    ['{\n  "a": 1,\n}', '第 3 行第 1 列附近的写法不对。'],
    ['[1, ', '内容不完整，在末尾中断。'],
    ['{"a": x}', '「{"a": x}」附近的「x」不对。'],
  ] as const
  for (const [text, problem] of problems) t.match(readJson(text), { problem }, text)
})

t.test('another encoding is refused, not read as rubbish', async (t) => {
  // 财 in GBK
  t.same(readJson(Uint8Array.of(0x22, 0xb2, 0xc6, 0x22)), {
    problem: '不是 UTF-8 编码的文本，请另存为 UTF-8。',
  })
})
