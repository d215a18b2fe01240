import { check as checkBundle } from '../domain/check-bundle.ts'
import { FaultyBundle } from '../domain/fault.ts'
import { printFaults, readBundle } from './bundle-file.ts'
import { type Command, readArguments, UsageError } from './command.ts'

export const check: Command = {
  name: 'check',
  summary: '检查考核数据包：一次列出全部错误',
  help: `用法：cli -- check 数据包.json [--json]

检查整个考核数据包，把全部错误一次列在标准错误输出；没有错误时不输出错误，退出码 0。
文件名写 - 表示从标准输入读。

  --json   错误以 JSON 数组输出：[{"path", "code", "message"}]

退出码：0 没有错误，2 有错误或用法不对。`,
  async run(args, io) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    try {
      const faults = checkBundle(await readBundle(onlyFile(positionals), io))
      if (faults.length > 0) return printFaults(faults, values.json, io)
    } catch (error) {
      if (error instanceof FaultyBundle) return printFaults(error.faults, values.json, io)
      throw error
    }
    io.stdout.write(values.json ? '[]\n' : '没有错误，可以计分。\n')
    return 0
  },
}

/** The one file named. @throws {UsageError} if there is none or more than one */
export function onlyFile(positionals: readonly string[]): string {
  const [file, extra] = positionals
  if (file === undefined) throw new UsageError('请写出数据包的文件名（- 表示标准输入）。')
  if (extra !== undefined) throw new UsageError(`多了一个参数「${extra}」。`)
  return file
}
