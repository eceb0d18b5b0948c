import type { Row } from '#api/contract/content.ts'

import type { Random } from './random.ts'

type Rows = Record<string, Row[]>

const DAY_MS = 86_400_000
const COUNTS = { suppliers: 18, products: 320, customers: 850, orders: 1_900, reviews: 900 } as const

const CATEGORIES = [
  'Coffee',
  'Tea',
  'Chocolate',
  'Kitchen',
  'Glass',
  'Linen',
  'Paper',
  'Garden',
  'Light',
  'Bath',
] as const
const COUNTRIES = ['DE', 'FR', 'IT', 'NL', 'PT', 'SE', 'PL', 'JP'] as const
const CITIES = ['Lisbon', 'Turin', 'Utrecht', 'Lyon', 'Leipzig', 'Malmö', 'Gdańsk', 'Gent', 'Porto', 'Graz'] as const
const FIRST = [
  'Ada',
  'Björn',
  'Chiara',
  'Dmitri',
  'Elif',
  'Femke',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Kaja',
  'Luca',
  'Maya',
  'Noor',
  'Olga',
  'Pavel',
  'Quentin',
  'Rosa',
  'Søren',
  'Tomás',
] as const
const LAST = [
  'Almeida',
  'Bergström',
  'Conti',
  'de Vries',
  'Eriksen',
  'Fischer',
  'García',
  'Horváth',
  'Ionescu',
  'Janssen',
  'Kowalska',
  'Lindqvist',
  'Moreau',
  'Novák',
  'O’Brien',
  'Petrov',
  'Rossi',
  'Schäfer',
  'Tanaka',
  'Yılmaz',
] as const
const ADJECTIVES = ['Small', 'Large', 'Blue', 'Matt', 'Fine', 'Heavy', 'Folding', 'Round', 'Plain', 'Dark'] as const
const NOUNS = [
  'cup',
  'teapot',
  'bar',
  'grinder',
  'carafe',
  'towel',
  'notebook',
  'lantern',
  'brush',
  'bowl',
  'jar',
  'tray',
] as const
const STREETS = ['Mill Lane', 'Rua Nova', 'Via Roma', 'Hoofdstraat', 'Lindenweg', 'Storgatan', 'Quai Sud'] as const
const STATES = ['delivered', 'delivered', 'delivered', 'sent', 'paid', 'open', 'cancelled'] as const
const REVIEWS = [
  'Just right',
  'Arrived quickly',
  'Not what I expected',
  'A good present',
  'Would buy again',
  'Smaller than it looks',
] as const

/** Every row of the sample, ids from 1 in order, times within the last 400 days before `now` (epoch ms). */
export function sampleRows(random: Random, now: number): Rows {
  const moment = (days: number): number => Math.floor(now - random.next() * days * DAY_MS)
  const cents = (low: number, high: number): number => random.between(low, high) / 100
  const categories = CATEGORIES.map((name) => ({ name, slug: name.toLowerCase() }))
  const suppliers = times(COUNTS.suppliers, (n) => ({
    name: `${random.pick(LAST)} & ${random.pick(LAST)}`,
    country: random.pick(COUNTRIES),
    email: `sales${n}@supplier.example`,
  }))
  const products = times(COUNTS.products, (n) => ({
    created_at: moment(400),
    name: `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)} No. ${n}`,
    sku: `SKU-${String(n).padStart(4, '0')}`,
    category_id: random.between(1, categories.length),
    supplier_id: random.between(1, COUNTS.suppliers),
    price: cents(190, 18_900),
    stock: random.between(0, 240),
    is_active: random.next() > 0.06,
    labels: random.next() > 0.7 ? ['new'] : random.next() > 0.8 ? ['sale', 'last pieces'] : [],
    dimensions: random.next() > 0.3 ? { width_cm: random.between(4, 60), height_cm: random.between(3, 40) } : null,
  }))
  const customers = times(COUNTS.customers, (n) => ({
    created_at: moment(400),
    name: `${random.pick(FIRST)} ${random.pick(LAST)}`,
    email: `customer${n}@shop.example`,
    loyalty_tier: random.pick(['none', 'none', 'bronze', 'silver', 'gold']),
    born_on:
      random.next() > 0.4 ? `${random.between(1948, 2006)}-0${random.between(1, 9)}-1${random.between(0, 9)}` : null,
    wants_news: random.next() > 0.5,
  }))
  const addresses = customers.map((_customer, index) => ({
    customer_id: index + 1,
    street: `${random.pick(STREETS)} ${random.between(1, 180)}`,
    postcode: String(random.between(10_000, 99_999)),
    city: random.pick(CITIES),
    country: random.pick(COUNTRIES),
  }))
  return {
    categories,
    suppliers,
    products,
    customers,
    addresses,
    ...trade(
      random,
      now,
      products.map((product) => product.price),
    ),
  }
}

/** Orders with their lines, payments and parcels, and the reviews. */
function trade(random: Random, now: number, prices: number[]): Rows {
  const orders: Row[] = []
  const order_items: Row[] = []
  const payments: Row[] = []
  const shipments: Row[] = []
  for (let order_id = 1; order_id <= COUNTS.orders; order_id += 1) {
    const created_at = Math.floor(now - (1 - order_id / COUNTS.orders) * 390 * DAY_MS - random.next() * DAY_MS)
    const customer_id = random.between(1, COUNTS.customers)
    const state = random.pick(STATES)
    let total = 0
    for (let line = random.between(1, 4); line > 0; line -= 1) {
      const product_id = random.between(1, COUNTS.products)
      const quantity = random.between(1, 3)
      const unit_price = prices[product_id - 1] ?? 0
      total += quantity * unit_price
      order_items.push({ order_id, product_id, quantity, unit_price })
    }
    const amount = Math.round(total * 100) / 100
    const note = random.next() > 0.9 ? 'Leave it with the neighbour' : null
    orders.push({ created_at, number: uuid(random), customer_id, address_id: customer_id, state, total: amount, note })
    if (state !== 'open' && state !== 'cancelled') {
      payments.push({
        created_at,
        order_id,
        method: random.pick(['card', 'card', 'wallet', 'transfer']),
        amount,
        paid_at: created_at + 60_000,
      })
    }
    if (state === 'sent' || state === 'delivered') {
      const delivered_at = state === 'delivered' ? created_at + random.between(1, 6) * DAY_MS : null
      shipments.push({
        created_at: created_at + DAY_MS,
        order_id,
        carrier: random.pick(['Post', 'Parcel One', 'Velo']),
        tracking_code: `T${random.between(1e8, 1e9)}`,
        delivered_at,
      })
    }
  }
  const reviews = times(COUNTS.reviews, () => ({
    created_at: Math.floor(now - random.next() * 380 * DAY_MS),
    product_id: random.between(1, COUNTS.products),
    customer_id: random.next() > 0.1 ? random.between(1, COUNTS.customers) : null,
    stars: random.pick([5, 5, 4, 4, 4, 3, 2, 1]),
    title: random.pick(REVIEWS),
    body: random.next() > 0.5 ? 'Came well packed. The colour is as in the picture.' : null,
  }))
  return { orders, order_items, payments, shipments, reviews }
}

/** A version 4 uuid from the seeded generator. */
function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

function times<Item>(count: number, make: (n: number) => Item): Item[] {
  return Array.from({ length: count }, (_nothing, index) => make(index + 1))
}
