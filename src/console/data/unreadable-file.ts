/** The file on this computer went away or was changed while it was being sent. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
}
