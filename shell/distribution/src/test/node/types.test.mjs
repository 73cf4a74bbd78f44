import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { connected, fails, fresh } from './node.mjs';

const client = connected();

async function value(sql, ...values) {
  const { rows } = await client.query(`SELECT ${sql} AS v`, values);
  return rows[0].v;
}

before(() =>
  fresh(
    client,
    `every_type (id int PRIMARY KEY, small smallint, big bigint, exact numeric(20, 4),
       approximate double precision, single real, yes boolean, t text, v varchar(20), c char(4),
       bytes bytea, u uuid, d date, at timestamp, atz timestamptz, clock time)`,
  ),
);

test('numbers', async () => {
  assert.equal(await value('$1::int', 42), 42);
  assert.equal(await value('$1::smallint', -7), -7);
  assert.equal(await value('$1::bigint', '9223372036854775807'), '9223372036854775807');
  assert.equal(await value('$1::bigint', 9007199254740993n), '9007199254740993');
  assert.equal(await value('$1::numeric', '12345678901234567890.0001'), '12345678901234567890.0001');
  assert.equal(await value('$1::numeric(10, 2)', 1.005), '1.01');
  assert.equal(await value('$1::double precision', 0.1), 0.1);
  assert.equal(await value('$1::real', 1.5), 1.5);
  assert.ok(Number.isNaN(await value("'NaN'::double precision")));
  assert.equal(await value("'-Infinity'::double precision"), -Infinity);
});

test('text', async () => {
  assert.equal(await value('$1::text', "it's ä 🐘 \\ \"x\""), "it's ä 🐘 \\ \"x\"");
  assert.equal(await value('$1::text', ''), '');
  assert.equal(await value('$1::varchar(3)', 'abcdef'), 'abc');
  assert.equal(await value('$1::char(5)', 'ab'), 'ab   ');
});

test('booleans and null', async () => {
  assert.equal(await value('$1::boolean', true), true);
  assert.equal(await value('$1::boolean', false), false);
  assert.equal(await value('$1::boolean', null), null);
  assert.equal(await value('$1::int', undefined), null);
  assert.equal(await value('$1::text IS NULL', null), true);
});

test('bytes', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  assert.deepEqual(await value('$1::bytea', bytes), bytes);
  assert.equal(await value('length($1::bytea)', bytes), 256);
});

test('uuid', async () => {
  const uuid = '0f0e0d0c-0b0a-4908-8706-050403020100';
  assert.equal(await value('$1::uuid', uuid.toUpperCase()), uuid);
  await fails('22P02', client.query('SELECT $1::uuid', ['nope']));
});

test('times', async () => {
  const moment = new Date('2026-11-27T16:20:00.123Z');
  assert.deepEqual(await value('$1::timestamptz', moment), moment);
  assert.deepEqual(await value("'2026-11-27 16:20:00.123+00'::timestamptz"), moment);
  assert.deepEqual(await value("'2026-11-27 16:20:00'::timestamp"), new Date(2026, 10, 27, 16, 20));
  assert.deepEqual(await value("'2026-11-27'::date"), new Date(2026, 10, 27));
  assert.equal(await value("'2026-11-27'::date::text"), '2026-11-27');
  assert.equal(await value("'16:20:00.5'::time"), '16:20:00.5');
});

test('arrays', async () => {
  assert.deepEqual(await value('$1::int[]', [1, 2, null]), [1, 2, null]);
  assert.deepEqual(await value('$1::text[]', ['a,b', '"', null, '']), ['a,b', '"', null, '']);
  assert.equal(await value('2 = ANY($1::int[])', [1, 2]), true);
});

test('a row of every type comes back as it was', async () => {
  const row = {
    id: 1,
    small: 2,
    big: '3000000000',
    exact: '4.5000',
    approximate: 5.25,
    single: 6.5,
    yes: true,
    t: 'seven',
    v: 'eight',
    c: 'nine',
    bytes: Buffer.from([10]),
    u: '00000000-0000-4000-8000-000000000011',
    d: new Date(2026, 0, 12),
    at: new Date(2026, 0, 13, 13, 13, 13, 131),
    atz: new Date('2026-01-14T14:14:14.141Z'),
    clock: '15:15:15',
  };
  const names = Object.keys(row);
  const places = names.map((_, i) => `$${i + 1}`).join(', ');
  const insert = `INSERT INTO every_type (${names.join(', ')}) VALUES (${places})`;
  assert.equal((await client.query(insert, Object.values(row))).rowCount, 1);
  const nulls = names.map((name) => (name === 'id' ? 2 : null));
  await client.query(insert, nulls);
  const { rows } = await client.query('SELECT * FROM every_type ORDER BY id');
  assert.deepEqual(rows[0], row);
  assert.deepEqual(Object.values(rows[1]), nulls);
});

test('results in binary', async () => {
  const { rows } = await client.query({
    text: `SELECT 42::int AS i, 43::bigint AS b, true AS yes, 1.5::double precision AS d,
             'x'::text AS t, 12.34::numeric AS n, null::int AS none`,
    binary: true,
  });
  assert.equal(rows[0].i, 42);
  assert.equal(String(rows[0].b), '43');
  assert.equal(rows[0].yes, true);
  assert.equal(rows[0].d, 1.5);
  assert.equal(String(rows[0].t), 'x');
  assert.equal(Number(rows[0].n), 12.34);
  assert.equal(rows[0].none, null);
});
