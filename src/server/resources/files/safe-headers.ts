import type { FileRow } from './store.ts'

/** Content that browsers draw or play and that runs nothing. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|bmp|x-icon)|(audio|video)\/[a-z0-9.+-]+)$/
/** Content that is saved, never opened here, and may keep its type: no browser runs it as a script or a style. */
const SAVED = /^(image\/[a-z0-9.+-]+|text\/(plain|csv)|font\/[a-z0-9.+-]+|application\/(pdf|json|zip|gzip))$/
/** Seconds a public file may be kept by caches; its content never changes, but it may be deleted. */
const KEPT_SECONDS = 3_600

/**
 * Headers that make other people's files safe on the console's own origin: nothing is guessed, nothing runs, and only
 * pictures, sound and video open in the browser. HTML, SVG, XML and scripts are downloads.
 */
export function safeHeaders(
  file: Pick<FileRow, 'name' | 'path' | 'mime' | 'access' | 'sha256'>,
): Record<string, string> {
  const isShown = SHOWN.test(file.mime)
  const mime = isShown || SAVED.test(file.mime) ? file.mime : 'application/octet-stream'
  return {
    'content-type': mime === 'text/plain' || mime === 'text/csv' ? `${mime}; charset=utf-8` : mime,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; ${fileNames(file)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    // Pages of other origins may show files: that is what public files and links are for.
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': file.access === 'public' ? `public, max-age=${KEPT_SECONDS}` : 'private, no-store',
    'accept-ranges': 'bytes',
    etag: `"${file.sha256}"`,
  }
}

/** Both forms of RFC 6266: plain for old clients, and the name as it is. */
function fileNames({ name, path }: Pick<FileRow, 'name' | 'path'>): string {
  const plain = path.slice(path.lastIndexOf('/') + 1)
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `filename="${plain}"; filename*=UTF-8''${whole}`
}
