// Loaded with --require before anything else: an older Node cannot even read the program's files, and
// its own message («Unknown file extension») would tell nobody what to do.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `衡鉴需要 Node.js 24 或更高版本，现在运行的是 ${process.versions.node}。请安装 Node.js 24 后再试。\n` +
      `Hengjian needs Node.js 24 or newer; this is ${process.versions.node}.\n`,
  )
  process.exit(1)
}
