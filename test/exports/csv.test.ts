import t from 'tap'
import { csvLine } from '../../exports/csv.ts'

t.test('texts are quoted, numbers are not, rows end as spreadsheets want', async (t) => {
  t.equal(csvLine([1, '市财政局', '说"好"']), '1,"市财政局","说""好"""\r\n')
  t.equal(csvLine(['一\n二', 'a,b']), '"一\n二","a,b"\r\n')
})

t.test('no text becomes a formula', async (t) => {
  for (const text of ['=1+1', '+8', '-8', '@SUM(A1)', '\t=1', '\r=1']) {
    t.equal(csvLine([text]), `"'${text}"\r\n`)
  }
  t.equal(csvLine(['8=8', '']), '"8=8",""\r\n')
})
