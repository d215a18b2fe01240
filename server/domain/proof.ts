import { beijingTime } from './beijing-time.ts'

/** What on paper binds a result to the database it came from. */
export interface Proof {
  /** the version that was decided; null before the decision */
  seal: { version: number; sealedAt: string; sha256: string } | null
  /** the end of the ledger of writes: its last entry, and the root of that entry's day so far */
  ledger: { entry: number; hash: string; day: string; root: string } | null
}

/** The same in words: a heading and its lines. */
export function proofLines({ seal, ledger }: Proof): { heading: string; lines: string[] }[] {
  return [
    {
      heading: '审定封存',
      lines: seal
        ? [`第 ${seal.version} 版，${beijingTime(seal.sealedAt)}（北京时间）`, seal.sha256]
        : ['尚未审定封存，以下结果可能还会改动。'],
    },
    ...(ledger
      ? [
          {
            heading: '操作记录',
            lines: [
              `截至第 ${ledger.entry} 条（${ledger.day}），当日的日根：`,
              ledger.root,
              `最后一条的哈希值：${ledger.hash}`,
            ],
          },
        ]
      : []),
  ]
}
