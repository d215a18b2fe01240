import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openDatabase } from '../../server/store/database.ts'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { migrateToLatest } from '../../server/store/migrator.ts'
import { runCommand } from '../helpers/cli.ts'
import { DATABASE_KINDS, newDatabaseUrl } from '../helpers/database.ts'
import { aPdf } from '../helpers/evidence.ts'
import { aSelfDesk, contents, upload } from '../helpers/self-desk.ts'

for (const kind of DATABASE_KINDS) {
  t.test(`files that nobody uses are shown, and removed when told to (${kind})`, async (t) => {
    const url = await newDatabaseUrl(kind)
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    await migrateToLatest(db)
    const desk = await aSelfDesk(t, db)
    const { evidenceDir } = desk.app.config
    const env = { EVIDENCE_DIR: evidenceDir }
    const run = (...args: string[]) => runCommand(['evidence', ...args], { url, env })
    await upload(desk)
    await upload(desk, aPdf('撤回的'))
    const [kept, withdrawn] = await cycleEvidence(db, desk.cycleId)
    const path = `/cycles/${desk.cycleId}/evidence/${withdrawn?.id}/withdrawal`
    await (await desk.as('unit')).postForm(path, {})
    const old = await run()
    t.equal(old.code, 0)
    t.match(old.stdout, '在用：1 个文件，0.0 MB\n不再使用：1 个文件，0.0 MB\n')
    t.match((await run('--days', '9999', '--remove')).stdout, '已清理：0 个文件')
    const long = '2020-01-01T00:00:00.000Z'
    await db.updateTable('evidence_file').set({ stored_at: long }).execute()
    await db
      .updateTable('evidence')
      .set({ withdrawn_at: long })
      .where('id', '!=', kept?.id ?? '')
      .execute()
    const shown = await run()
    t.match(shown.stdout, '其中停用满 30 天：1 个文件，0.0 MB\n要清理，请加 --remove。')
    t.equal(contents(desk).length, 2, 'looking removes nothing')
    t.match((await run('--remove')).stdout, '已清理：1 个文件，0.0 MB')
    t.equal(contents(desk).length, 1)
    t.match((await run('--remove')).stdout, '不再使用：0 个文件')
    for (const name of readdirSync(evidenceDir))
      rmSync(join(evidenceDir, name), { recursive: true })
    const lost = await run()
    t.equal(lost.code, 1)
    t.match(lost.stderr, /^有 1 个文件有登记，但不在文件夹里，请从备份恢复：\n[0-9a-f]{64}\n$/)
    t.match(await run('--days', 'x'), { code: 2, stderr: /--days 应是/ })
  })
}
