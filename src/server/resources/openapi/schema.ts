/** A schema of OpenAPI 3.0.3: JSON Schema with `nullable` in place of the type null. */
export interface Schema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'
  format?: string
  description?: string
  nullable?: true
  enum?: (string | null)[]
  default?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}
