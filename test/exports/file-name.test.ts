import t from 'tap'
import { attachment, rankingFileName } from '../../exports/file-name.ts'
import { assessmentTitle, subjectOf } from '../../exports/titles.ts'

t.test('a title is about the subject of the index, in its year', async (t) => {
  t.equal(subjectOf('清廉机关·模范机关建设评价体系（2026年度）'), '清廉机关·模范机关建设')
  t.equal(subjectOf('2026年度模范机关考核办法'), '模范机关')
  t.equal(subjectOf('评价体系'), '评价体系', 'a name of nothing else stays')
  t.equal(assessmentTitle('清廉机关评价体系', 2026), '2026年度清廉机关评价')
  t.equal(assessmentTitle('清廉机关评价体系', null), '清廉机关评价')
})

t.test('a file name holds letters, digits and Han only', async (t) => {
  t.equal(
    rankingFileName('清廉机关·模范机关评价体系（2026年度）', 2026),
    '2026年度清廉机关模范机关评价排名.xlsx',
  )
  t.equal(rankingFileName('../../etc/passwd\r\nX: y', null), 'etcpasswdXy评价排名.xlsx')
  t.ok(rankingFileName('长'.repeat(500), 2026).length < 100)
})

t.test('a download names its file for every client', async (t) => {
  t.equal(
    attachment('排名(1).xlsx', 'ranking-2026.xlsx'),
    'attachment; filename="ranking-2026.xlsx"; filename*=UTF-8\'\'%E6%8E%92%E5%90%8D%281%29.xlsx',
  )
  const header = attachment('一"二\r\n三*\ud800.xlsx', 'a"\r\nb.xlsx')
  t.match(header, /^attachment; filename="a---b\.xlsx"; filename\*=UTF-8''[A-Za-z0-9%._-]+$/)
})
