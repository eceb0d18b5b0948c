/** `2023-04-19 21:01:32+0000`, the time format of the Metadata API, as the ISO form that every browser reads. */
export function metaTimeToIso(time: string): string {
  return time.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
}
