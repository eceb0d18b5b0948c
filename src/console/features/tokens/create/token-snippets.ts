/** The address of the instance without a slash at its end. */
export const originOf = (publicUrl: string): string => publicUrl.replace(/\/$/, '')

/** Where the Metadata API of this instance is. */
export const apiBase = (publicUrl: string): string => `${originOf(publicUrl)}/api:meta`

/** The first call to try, one that every token may make. */
export function curlSnippet(publicUrl: string, token: string): string {
  return `curl ${apiBase(publicUrl)}/workspace \\\n  -H "Authorization: Bearer ${token}"`
}

/** What stands for the token before there is one. */
export const TOKEN_PLACEHOLDER = '$METADECK_TOKEN'

export function envSnippet(token: string): string {
  return `METADECK_TOKEN=${token}`
}
