import { type ZipFault, zipFault } from './zip-limits.ts'

const LIMITS = { unpacked: 50 * 1024 * 1024, files: 200 }

const SAID: Readonly<Record<ZipFault, string>> = {
  'not-a-zip':
    '不是 Excel 工作簿（.xlsx）。旧格式（.xls）、WPS 格式（.et）和加了密码的请另存为 .xlsx 再上传。',
  'too-many-files': '内部的文件过多，不是正常的表格，没有打开。请重新下载空表填写。',
  'too-large': '解压后超过 50 MB，不是正常的表格，没有打开。请重新下载空表填写。',
}

/**
 * Why a file that was sent is not opened at all, to be said after its name; undefined if it may be.
 *
 * @param look gets each file of the workbook
 */
export function uploadProblem(
  bytes: Uint8Array,
  look?: (name: string, content: Buffer) => void,
): string | undefined {
  const fault = zipFault(bytes, LIMITS, look)
  return fault && SAID[fault]
}
