/** Why a recovery link may be dead, and who makes another. */
export const DEAD_WORDS =
  'It was used, replaced by a newer link, or is older than 15 minutes. Run the command again on the machine of the server.'
