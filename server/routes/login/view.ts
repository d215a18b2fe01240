/** Everything views/login/show.hbs prints. */
export function signInView({
  login = '',
  next = '/',
  kept = '',
  error = null,
}: {
  login?: string
  next?: string
  kept?: string
  error?: string | null
}) {
  const message = kept === '' ? null : '刚才填写的内容没有丢失，登录后可以继续提交。'
  return { title: '登录', message, login, next, kept, error }
}

/** A page of ours to go on to; anything else (another host, no path) becomes the first page. */
export function localPath(next: string | undefined): string {
  const url = next === undefined ? null : URL.parse(next, 'http://localhost')
  if (!next?.startsWith('/') || url?.host !== 'localhost' || url.pathname === '/login') return '/'
  const path = `${url.pathname}${url.search}`
  // What `/.//host` and its like resolve to is an address on another host.
  return path.startsWith('//') ? '/' : path
}
