/** The three kinds of surroundings that have a colour of their own. */
export type Environment = 'production' | 'staging' | 'development'

export const environmentWords: Record<Environment, string> = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
}
