import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import { fails } from './node.mjs';

async function using(options, work) {
  const client = new pg.Client(options);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('logs in with a password', async () => {
  const rows = await using({}, (client) =>
    client.query('SELECT current_user AS who, current_database() AS what'),
  );
  assert.deepEqual(rows.rows, [{ who: 'admin', what: 'farad' }]);
});

test('logs in by an address', async () => {
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD } = process.env;
  const password = encodeURIComponent(PGPASSWORD);
  const connectionString = `postgres://${PGUSER}:${password}@${PGHOST}:${PGPORT}/farad`;
  await using({ connectionString, application_name: 'shop' }, async (client) => {
    const { rows } = await client.query('SHOW application_name');
    assert.equal(rows[0].application_name, 'shop');
  });
});

test('comes by the socket of the machine', async () => {
  const { FARAD_SOCKET_DIR: host } = process.env;
  const { rows } = await using({ host }, (client) => client.query('SELECT $1::int + 1 AS n', [41]));
  assert.equal(rows[0].n, 42);
  await fails('28P01', using({ host, password: 'wrong' }, () => {}));
});

test('a wrong password is refused', async () => {
  await fails('28P01', using({ password: 'wrong' }, () => {}));
});

test('an unknown database is refused', async () => {
  await fails('3D000', using({ database: 'nope' }, () => {}));
});

test('encrypts, and the certificate is checked', async () => {
  const ca = readFileSync(process.env.FARAD_CA, 'utf8');
  const ssl = { ca, servername: 'localhost' };
  await using({ ssl }, async (client) => {
    assert.equal(client.connection.stream.encrypted, true);
    assert.equal(client.connection.stream.authorized, true);
    const { rows } = await client.query('SELECT $1::int + 1 AS n', [41]);
    assert.equal(rows[0].n, 42);
  });
  await assert.rejects(
    using({ ssl: { servername: 'localhost' } }, () => {}),
    /self-signed certificate/,
  );
});

test('an encrypted answer of many pieces is whole', async () => {
  const ssl = { rejectUnauthorized: false };
  const { rows } = await using({ ssl }, (client) =>
    client.query("SELECT g, repeat('x', 1000) AS v FROM generate_series(1, 5000) g ORDER BY g"),
  );
  assert.equal(rows.length, 5000);
  assert.ok(rows.every((row, i) => row.g === i + 1 && row.v.length === 1000));
});
