import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, send } from './http.ts'

test('requests that the contract does not define do not compile', () => {
  const none = () => {
    // @ts-expect-error no such path
    void send('get', '/api/nothing', {})
    // @ts-expect-error no such method of the path
    void send('delete', '/api/accounts/{account}', { path: { account: 'A' } })
    // @ts-expect-error the path's parameter is missing
    void send('get', '/api/accounts/{account}')
    // @ts-expect-error the body lacks the kind
    void send('post', '/api/accounts', { body: { name: 'Example' } })
    // @ts-expect-error no such parameter of the query
    void send('get', '/api/accounts', { query: { colour: 'red' } })
    // @ts-expect-error no such value of the parameter
    void send('get', '/api/accounts', { query: { plan_state: 'new' } })
  }
  assert.equal(typeof none, 'function')
})

test('parameters cannot change the shape of a path', () => {
  const path = { account: '../x?y', professional: 'P/Q' }
  assert.equal(
    address('/api/accounts/{account}/professionals/{professional}', { path }),
    '/api/accounts/..%2Fx%3Fy/professionals/P%2FQ',
  )
})

test('empty query parameters are omitted', () => {
  const query = { search: '', after: null, limit: 10, kind: undefined, keep: true }
  assert.equal(address('/api/accounts', { query }), '/api/accounts?limit=10&keep=true')
  assert.equal(address('/api/accounts', {}), '/api/accounts')
})
