/** Inputs are identifiers: other text in braces is text. */
const PARAMETER = /\{(\w+)\}/g

/** An address in the form of OpenAPI, and the names of its parameters in their order. */
export interface ApiPath {
  path: string
  names: string[]
}

/** The address of an endpoint by its name: `products/{id}` → `/products/{id}`. Other characters are escaped. */
export function pathOf(name: string): ApiPath {
  const names: string[] = []
  const segments = name.replace(/^\/+/, '').split('/')
  const path = segments.map((segment) => {
    let escaped = ''
    let end = 0
    for (const match of segment.matchAll(PARAMETER)) {
      const parameter = match[1] ?? ''
      names.push(parameter)
      escaped += `${encodeURIComponent(segment.slice(end, match.index))}{${parameter}}`
      end = match.index + match[0].length
    }
    return escaped + encodeURIComponent(segment.slice(end))
  })
  return { path: `/${path.join('/')}`, names }
}

/** The same for all addresses that differ in the names of their parameters only: OpenAPI knows those as one. */
export function shapeOf({ path }: ApiPath): string {
  return path.replaceAll(PARAMETER, '{}')
}
