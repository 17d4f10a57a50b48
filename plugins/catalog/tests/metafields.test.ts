import t from 'tap';
import type { Json } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { checkValue, METAFIELD_TYPES } from '../services/metafield-types.ts';

t.test('each type takes its values and refuses others', async (t) => {
  const right: Record<string, Json[]> = {
    single_line_text: ['a', ''],
    multi_line_text: ['a\nb'],
    rich_text: ['<p>a</p>'],
    number_integer: [0, -3],
    number_decimal: [1.5, '0.100'],
    rating: [1, 4.5],
    boolean: [true, false],
    date: ['2026-02-28'],
    date_time: ['2026-02-28T10:00:00Z', '2026-02-28T10:00+01:00'],
    url: ['https://example.lu/a', 'mailto:a@example.lu'],
    color: ['#A1b2C3'],
    json: [{ a: [1] }, 'x'],
    weight: [{ value: 1.2, unit: 'kg' }],
    dimension: [{ value: 3, unit: 'cm' }],
    money: [{ amount: 1200, currency: 'EUR' }],
    product_reference: [1],
    file_reference: [1],
    metaobject_reference: [1],
  };
  const wrong: Record<string, unknown[]> = {
    single_line_text: ['a\nb', 1],
    multi_line_text: [1],
    rich_text: [null],
    number_integer: [1.5, '1', 2 ** 60],
    number_decimal: ['1,5', 'x', Number.NaN],
    rating: [0, 6],
    boolean: ['true', 1],
    date: ['2026-02-30', '28.02.2026'],
    date_time: ['2026-02-28', '2026-02-30T10:00:00Z', '2026-02-28T10:00'],
    url: ['javascript:alert(1)', 'example'],
    color: ['red', '#fff'],
    json: [undefined],
    weight: [{ value: 1, unit: 'cm' }, { value: -1, unit: 'g' }, 1],
    dimension: [{ value: 1, unit: 'cm', more: 1 }, null],
    money: [
      { amount: 1.5, currency: 'EUR' },
      { amount: 1, currency: 'eur' },
    ],
    product_reference: ['1', 0, 1.5],
    file_reference: [{}],
    metaobject_reference: [null],
  };
  t.same(
    Object.keys(right),
    METAFIELD_TYPES.filter((type) => !type.startsWith('list.')),
  );
  for (const [type, values] of Object.entries(right))
    for (const value of values) t.ok('value' in checkValue(type, value), `${type} ${JSON.stringify(value)}`);
  for (const [type, values] of Object.entries(wrong))
    for (const value of values) t.ok('fault' in checkValue(type, value), `${type} ${JSON.stringify(value)}`);
  t.same(checkValue('list.number_decimal', [1.5, '2']), { value: ['1.5', '2'], references: [] });
  t.ok('fault' in checkValue('list.color', ['#ffffff', 'x']));
  t.ok('fault' in checkValue('list.color', '#ffffff'));
});

t.test('metafields and metaobjects', async (t) => {
  const { inStore, member, owner, stores } = await startTestKernel(t, {
    plugins: [new URL('..', import.meta.url)],
  });
  const [me, other, reader] = [await owner('a'), await owner('b'), await member('a', 'read-only')];
  const ours = `/api/stores/${stores.a.handle}`;
  const theirs = `/api/stores/${stores.b.handle}`;
  const product = await inStore('a', 'catalog', async ({ catalog }) => {
    const made = await catalog.create({ title: 'Mug', variants: [{ amount: 100 }] });
    return made.ok ? made.value : t.bailout('no product');
  });
  const metafields = `${ours}/products/${product!.id}/metafields`;
  const define = (key: string, type: string, more: object = {}) =>
    me.post(`${ours}/metafield-definitions`, {
      owner: 'product',
      namespace: 'specs',
      key,
      type,
      name: key,
      ...more,
    });

  await t.test('a store invents fields, sets them, and takes them away', async (t) => {
    const made = await define('capacity', 'number_integer', { validations: { min: 1, max: 1000 } });
    t.match(made, { status: 201, body: { owner: 'product', type: 'number_integer' } });
    await define('friends', 'list.product_reference');

    const set = await me.put(metafields, {
      metafields: [
        { namespace: 'specs', key: 'capacity', value: 330 },
        { namespace: 'specs', key: 'friends', value: [product!.id] },
      ],
    });
    t.same(set.body.metafields, [
      { namespace: 'specs', key: 'capacity', type: 'number_integer', value: 330 },
      { namespace: 'specs', key: 'friends', type: 'list.product_reference', value: [product!.id] },
    ]);
    await me.put(metafields, { metafields: [{ namespace: 'specs', key: 'capacity', value: null }] });
    t.same(
      (await me.get(metafields)).body.metafields.map(({ key }: { key: string }) => key),
      ['friends'],
    );
  });

  await t.test('a wrong value sets nothing, and the answer says what was wanted', async (t) => {
    const put = (key: string, value: unknown) =>
      me.put(metafields, {
        metafields: [
          { namespace: 'specs', key: 'friends', value: [] },
          { namespace: 'specs', key, value },
        ],
      });
    const answers = [await put('capacity', 0), await put('capacity', 'x'), await put('nothing', 1)];
    answers.push(await put('friends', [987_654]));
    t.same(
      answers.map(({ status, body }) => [status, body.code, body.details.wanted]),
      [
        [422, 'badValue', 'a number from 1 to 1000'],
        [422, 'badValue', 'a whole number'],
        [422, 'unknownMetafield', undefined],
        [422, 'badValue', 'the id of something there is'],
      ],
    );
    t.same((await me.get(metafields)).body.metafields[0].value, [product!.id]);
  });

  await t.test('a definition is there once, of a type there is, and goes with its values', async (t) => {
    t.match(await define('friends', 'json'), { status: 409, body: { code: 'nameTaken' } });
    t.match(await define('odd', 'colour'), { status: 422, body: { code: 'badDefinition' } });
    t.match(await define('odd', 'color', { validations: { choices: ['x'] } }), { status: 422 });
    const { body } = await me.get(`${ours}/metafield-definitions?owner=product`);
    t.same(
      body.items.map(({ key }: { key: string }) => key),
      ['capacity', 'friends'],
    );
    const [{ id }, friends] = body.items;
    t.match(await me.patch(`${ours}/metafield-definitions/${id}`, { name: 'Volume' }), {
      status: 200,
      body: { name: 'Volume', validations: { min: 1, max: 1000 } },
    });
    t.equal((await me.delete(`${ours}/metafield-definitions/${friends.id}`)).status, 204);
    t.same((await me.get(metafields)).body.metafields, []);
  });

  await t.test('variants and collections have fields too, and lose them when they go', async (t) => {
    const variantId = product!.variants[0]!.id;
    const { body: collection } = await me.post(`${ours}/collections`, { title: 'Blue' });
    for (const [kind, id] of [
      ['variant', variantId],
      ['collection', collection.id],
    ]) {
      await define('note', 'single_line_text', { owner: kind });
      const set = await me.put(`${ours}/${kind}s/${id}/metafields`, {
        metafields: [{ namespace: 'specs', key: 'note', value: 'hello' }],
      });
      t.match(set, { status: 200, body: { metafields: [{ value: 'hello' }] } });
    }
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(product!.id, { title: 'New mug' }));
    t.match((await me.get(`${ours}/variants/${variantId}/metafields`)).body.metafields, [{ value: 'hello' }]);
    await me.delete(`${ours}/collections/${collection.id}`);
    t.equal((await me.get(`${ours}/collections/${collection.id}/metafields`)).status, 404);
  });

  await t.test('metaobjects keep to their definition', async (t) => {
    const kind = await me.post(`${ours}/metaobject-definitions`, {
      type: 'designer',
      name: 'Designer',
      fields: [
        { key: 'name', name: 'Name', type: 'single_line_text', isRequired: true },
        {
          key: 'teacher',
          name: 'Teacher',
          type: 'metaobject_reference',
          validations: { metaobject: 'designer' },
        },
      ],
    });
    t.match(kind, {
      status: 201,
      body: { version: 1, fields: [{ isRequired: true }, { isRequired: false }] },
    });
    const make = (handle: string, fields: object) =>
      me.post(`${ours}/metaobjects`, { type: 'designer', handle, fields });
    const ada = await make('ada', { name: 'Ada' });
    const bob = await make('bob', { name: 'Bob', teacher: ada.body.id });

    t.match(bob, { status: 201, body: { type: 'designer', fields: { name: 'Bob', teacher: ada.body.id } } });
    t.match(await make('ada', { name: 'Again' }), { status: 409, body: { code: 'handleTaken' } });
    t.match(await make('eve', {}), { status: 422, body: { code: 'badValue' } });
    t.match(await make('eve', { name: 'Eve', age: 3 }), { status: 422, body: { code: 'badValue' } });
    t.match(await make('eve', { name: 'Eve', teacher: 987_654 }), { status: 422 });
    const change = await me.patch(`${ours}/metaobjects/${bob.body.id}`, {
      version: 1,
      fields: { teacher: null },
    });
    t.same(change.body.fields, { name: 'Bob' });
    t.match(await me.patch(`${ours}/metaobjects/${bob.body.id}`, { version: 1, handle: 'x' }), {
      status: 409,
    });
    t.match(await me.patch(`${ours}/metaobjects/${bob.body.id}`, { version: 2, handle: 'ada' }), {
      status: 409,
      body: { code: 'handleTaken' },
    });
    t.same(
      (await me.get(`${ours}/metaobjects?type=designer`)).body.items.map(
        ({ handle }: { handle: string }) => handle,
      ),
      ['ada', 'bob'],
    );
    const definition = `${ours}/metaobject-definitions/${kind.body.id}`;
    t.match(await me.delete(definition), { status: 409, body: { code: 'inUse' } });
    t.match(
      await me.patch(definition, { version: 1, fields: [{ key: 'name', name: 'Name', type: 'json' }] }),
      { status: 422, body: { code: 'badDefinition' } },
    );
    t.match(await me.patch(definition, { version: 1, name: 'Maker' }), {
      body: { version: 2, name: 'Maker' },
    });

    t.same(
      await inStore('a', 'catalog', async ({ catalog }) => [
        (await catalog.metaobject('designer', 'ada'))?.id,
        (await catalog.metaobjects([bob.body.id, 987_654])).map(({ handle }) => handle),
      ]),
      [ada.body.id, ['bob']],
    );
    t.same(
      await Promise.all(
        [
          other.get(`${theirs}/metaobjects/${ada.body.id}`),
          other.patch(`${theirs}/metaobjects/${ada.body.id}`, { version: 1, handle: 'x' }),
          other.delete(`${theirs}/metaobjects/${ada.body.id}`),
          other.delete(`${theirs}/metaobject-definitions/${kind.body.id}`),
          other.get(`${theirs}/products/${product!.id}/metafields`),
          other.put(`${theirs}/products/${product!.id}/metafields`, { metafields: [] }),
          reader.put(metafields, { metafields: [] }),
        ].map(async (answer) => (await answer).status),
      ),
      [404, 404, 404, 404, 404, 404, 403],
    );
    for (const { id } of [ada.body, bob.body]) await me.delete(`${ours}/metaobjects/${id}`);
    t.equal((await me.delete(definition)).status, 204);
  });
});
